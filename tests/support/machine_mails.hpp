// Mails as machines write them, of every kind that must not be answered, each drawn in endless
// variants: order, case and folding of the fields, line ends, charset, what else is in it.
#pragma once
#include <cstddef>
#include <random>
#include <string>

namespace dengji::test {

std::size_t machine_kinds();
std::string machine_mail(std::size_t kind, std::mt19937& random);  // kind < machine_kinds()
// The same around no sign of a machine: this one is answered.
std::string person_mail(std::mt19937& random);

}  // namespace dengji::test
