"""A text, and all that is made of it: figures, what is left unread, statements, problems."""

from fiscal.disclosure import extract

TEXT = """荔城区2023年政府决算公开说明
一、转移支付执行情况
2023年，市级财政对我区一般公共预算转移支付补助142.43亿元，其中：返还性收入39.01亿元、一般性转移支付收入70.02亿元、专项转移支付33.4亿元。
二、举借债务情况
（一）截至2023年末，政府债务限额1380.57亿元，其中：一般债务480.17亿元，专项债务900.4亿元；债务率为85%。
2023年还本付息12.5亿元，较上年增长3.2%。一般债券、专项债券分别为4.6亿元、118.2亿元。
三、绩效
按照10%的比例抽查；培训3次、1500人次。
2023年决算表
单位：万元
项目\t预算数\t决算数
一般公共预算收入\t95,000\t100,000
政府性基金收入\t1\t2
"""
PAGE = (
    "<html><head><meta charset=utf-8><title>荔城区2023年决算</title></head><body><div class=nav><a href=/>首页</a></div>"
    "<div id=main><h1>荔城区2023年决算说明</h1><p>2023年末，政府债务余额12.5亿元，其中：一般债务2.5亿元。<br>限额15亿元。</p>"
    "<table><tr><td colspan=2>项目<td rowspan=2>决算数</tr><tr><td>债务余额<td>1</tr></table></div></body></html>"
)
LINES = TEXT.splitlines()
SEEDS = [f"{LINES[0]}\n{line}\n".encode() for line in LINES[1:]] + ["\n".join(LINES[10:]).encode()]


def read(data, folder):
    path = folder / "document.txt"
    path.write_bytes(data)
    extract(path).plain()
