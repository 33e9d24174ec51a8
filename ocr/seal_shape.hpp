// The shapes that seals have; rectangles count as square.
#pragma once

namespace dengji {

enum class SealShape { round, oval, square };

}  // namespace dengji
