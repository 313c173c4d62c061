"""The glyphs of a page, as a font inside the page: Chinese renders on machines that have no Chinese font."""

import base64
from io import BytesIO

from noto_cjk_sans_otc import FONT_PATH

SIMPLIFIED_CHINESE = 2  # which font of the collection


def subset(characters):
    """A WOFF font with just these characters, in base64."""
    from fontTools import subset as subsetting

    options = subsetting.Options(
        font_number=SIMPLIFIED_CHINESE,
        flavor="woff",
        layout_features=[],
        hinting=False,
        desubroutinize=True,
        name_IDs=[],
        recalc_timestamp=False,
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
    font = subsetting.load_font(str(FONT_PATH), options, lazy=True)
    subsetter = subsetting.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    buffer = BytesIO()
    subsetting.save_font(font, buffer, options)
    return base64.b64encode(buffer.getvalue()).decode("ascii")
