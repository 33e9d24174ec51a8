// What the words of a mail say of the platform it is about, where no form says it.
#pragma once
#include <string>
#include <string_view>

namespace dengji {

// The platform's name as the body or the subject has it: “双清夜话”登记材料,
// 附件为双清夜话的登记表, 双清中学-双清夜话; "" where they name none.
std::string platform_in_mail(std::string_view subject, std::string_view text);

}  // namespace dengji
