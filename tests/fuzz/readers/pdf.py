"""A PDF: each is read by a process of its own."""

import io

from reportlab.pdfgen import canvas

from fiscal.disclosure import extract


def _written():
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pageCompression=0)
    page.drawString(72, 700, "2023 Transfers 142.43")
    page.rect(72, 300, 200, 100)
    page.line(72, 350, 272, 350)
    page.drawString(80, 360, "Debt")
    page.rotate(90)
    page.drawString(300, -200, "12.5%")
    page.showPage()
    page.drawString(72, 20, "- 2 -")
    page.save()
    return buffer.getvalue()


SEEDS = [_written()]


def read(data, folder):
    path = folder / "document.pdf"
    path.write_bytes(data if data.startswith(b"%PDF-") else b"%PDF-1.7\n" + data)
    extract(path, "荔城区", 2023).plain()
