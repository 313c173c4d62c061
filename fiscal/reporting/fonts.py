"""The glyphs of a page, as a font inside the page: Chinese renders on machines that have no Chinese font."""

import base64
from io import BytesIO

from noto_cjk_sans_otc import FONT_PATH

SIMPLIFIED_CHINESE = 2  # which font of the collection
# What a browser needs to set text one character after the other.
LEFT_OUT = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx")


def subset(characters):
    """A WOFF font with just these characters, in base64."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    # HarfBuzz takes milliseconds for what takes fontTools as long as drawing a picture.
    wanted = hb.SubsetInput()
    wanted.unicode_set.set({ord(character) for character in set(characters)})
    wanted.name_id_set.clear()
    wanted.layout_feature_tag_set.clear()
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in LEFT_OUT)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE
    face = hb.subset(hb.Face(hb.Blob.from_file_path(str(FONT_PATH)), SIMPLIFIED_CHINESE), wanted)
    font = TTFont(BytesIO(face.blob.data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = "woff"
    buffer = BytesIO()
    font.save(buffer, reorderTables=None)
    return base64.b64encode(buffer.getvalue()).decode("ascii")
