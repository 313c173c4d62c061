"""Pictures for widgets: a figure as WebP in HTML with its alternative text, and one of which little is drawn anew."""

import base64
from html import escape
from io import BytesIO

import matplotlib.pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.image import imsave

DPI = 110  # sharp enough on a screen; what is drawn, compressed and sent grows with its square


class Picture:
    """Axes of which, once drawn, only the ``moving`` artists are drawn again."""

    def __init__(self, axes, moving=()):
        self.axes, self.moving = axes, moving
        figure = axes.figure
        plt.close(figure)  # else a notebook would show it once more below the cell
        figure.set_dpi(DPI)
        self.canvas = FigureCanvasAgg(figure)
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
        for artist in moving:
            artist.set_animated(True)
        self.canvas.draw()
        self.still = self.canvas.copy_from_bbox(figure.bbox)

    def html(self, alt):
        """The picture as it is now, as an element of HTML."""
        self.canvas.restore_region(self.still)
        for artist in self.moving:
            self.axes.draw_artist(artist)
        buffer = BytesIO()
        # The fastest: the picture goes to a browser on the same machine more often than not.
        fast = {"lossless": True, "quality": 0, "method": 0}
        imsave(buffer, self.canvas.buffer_rgba(), format="webp", pil_kwargs=fast)
        width, height = self.canvas.get_width_height()
        source = base64.b64encode(buffer.getvalue()).decode("ascii")
        # Decoded before it is shown, or each change would flicker.
        return (
            f'<img alt="{escape(alt)}" width="{width}" height="{height}" decoding="sync" style="max-width: 100%;'
            f' height: auto" src="data:image/webp;base64,{source}">'
        )
