// What the paper would look like without ink, so that uneven light, shadows and tinted paper can be
// divided out. Any thread.
#pragma once
#include "ocr/image.hpp"

namespace dengji {

class Light {
 public:
  Light() = default;
  // `small`: the page shrunk by `factor`. The field has about a hundred samples along the longer
  // side.
  explicit Light(const ColourImage& small, int factor = 1);

  // `image` = sampled(page, to_page, ...) over the paper beneath it, white = paper: 255 * ink /
  // paper, channel by channel.
  ColourImage whitened(ColourImage image, const Transform& to_page) const;

 private:
  ColourImage paper(const Transform& to_page, int width, int height) const;  // under each pixel

  ColourImage field_;
  Transform to_field_;
};

// R - max(G, B) of a whitened picture where positive, else 0: what red ink shows and black does
// not.
GreyImage redness(const ColourImage& whitened);
// The red channel of a whitened picture, stretched: print beneath red ink without the ink.
GreyImage without_red(const ColourImage& whitened);

}  // namespace dengji
