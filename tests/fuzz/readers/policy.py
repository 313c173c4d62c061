"""A policy, its rule book and its tables for other engines."""

import re

from fiscal import resources, rules

LAKESIDE = resources.policies()["lakeside-2020"].read_text(encoding="utf-8")
SMALL = """id: small-2020
title: {zh: 小}
fiscal_year: 2020
parameters:
  cut.most: {value: 0.5, range: [0.1, 0.9], clause: II, status: stated, label: {zh: 上限}, note: {zh: 无}}
  cut.reading:
    value: a
    alternatives: {a: {zh: 甲}, b: {zh: 乙}}
    clause: II
    status: assumed
    label: {zh: 理解}
    note: {zh: 无}
derived:
  cut.half: {of: [cut.most], over: 2}
inputs:
  node: {values: [may, september], label: {zh: 节点}}
  completion: {min: 0, max: 1, unit: ratio, label: {zh: 完成率}}
tables:
  cut:
    clause: II
    status: stated
    title: {zh: 压减}
    inputs: [node, completion]
    infeasible: [{node: may}]
    outputs: {share: ratio, action: [none, all]}
    rules:
      - {id: low, when: ['-', '<= cut.half'], then: [cut.most, all], clause: II, status: stated}
      - {id: high, when: ['"september"', '(cut.half..1]'], then: ['0', none], clause: II, status: stated}
"""
SEEDS = [SMALL.encode(), re.sub(r"^ +note: .*\n", "", LAKESIDE, flags=re.MULTILINE).encode(), LAKESIDE.encode()]


def read(data, folder):
    path = folder / "policy.yaml"
    path.write_bytes(data)
    policy = rules.load_policy(path)
    policy.describe("zh")
    policy.describe("en")
    rules.to_dmn(policy)
