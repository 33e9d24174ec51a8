#!/usr/bin/python3
"""Draws tests/data/ocr/odd_seals.jpg, a sheet with an oval and a square seal whose words are read, and round_seal.jpg,
one whose line beneath the star and whose number are.

Usage: draw_odd_seals.py FOLDER. Needs what tests/bench/scans/draw.py needs. Seeded; the names are made up."""
import sys
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench" / "scans"))
import camera  # noqa: E402
import seals  # noqa: E402

rng = np.random.default_rng(20180904)
page = Image.new("RGB", (827, 1169), "white")  # small, and the seals large on it
oval = seals.oval_seal(rng, "临津县博雅文化传媒有限公司", "bold", 380, "业务专用章", "4305210000018")
square, _ = seals.square_seal(np.random.default_rng(2), "临津县图书馆专用章", "bold", 240)
seals.press(page, seals.inked(rng, oval), (330, 380), (205, 30, 40), 8)
seals.press(page, seals.inked(rng, square), (500, 850), (205, 30, 40), -4)
picture, _, _ = camera.flatbed(rng, page, 200)
(Path(sys.argv[1]) / "odd_seals.jpg").write_bytes(camera.jpeg(picture, 70, 200))

page = Image.new("RGB", (1500, 1500), "white")
seal = seals.round_seal(rng, "临津县图书馆", "bold", 500, "合同专用章", "4305210000026")
seals.press(page, seals.inked(rng, seal), (760, 740), (205, 30, 40), 14)
picture, _, _ = camera.flatbed(rng, page, 200)
(Path(sys.argv[1]) / "round_seal.jpg").write_bytes(camera.jpeg(picture, 80, 300))
