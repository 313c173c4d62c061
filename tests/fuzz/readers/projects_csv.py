"""A user's projects as CSV."""

from fiscal import datasets

SEEDS = [
    "project_id,department,node,budget_yuan,executed_yuan,completion\nP1,Water,may,1000000,0,40%\nP2,Roads,9月,5,5,80%\n".encode(),
    '项目编号,部门,节点,预算（万元）,执行（万元）,完成率\n1,水利局,5月,100.5,"1,000",0.8\n2,教育局,9,1,0,0.25\n'.encode(),
    b"project_id,department,node,budget_yuan,executed_yuan,completion_bp\nP1,W,may,1,0,4000\n",
]


def read(data, folder):
    path = folder / "projects.csv"
    path.write_bytes(data)
    datasets.read_projects(path)
