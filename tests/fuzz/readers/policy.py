"""A policy, its rule book and its tables for other engines."""

from fiscal import resources, rules

LAKESIDE = resources.policies()["lakeside-2020"].read_text(encoding="utf-8")
SMALL = """id: small-2020
title: {en: e, zh: 小}
fiscal_year: 2020
parameters:
  cut.most: {value: 0.5, range: [0.1, 0.9], clause: II, status: stated, label: {en: e, zh: 上限}, note: {en: e, zh: 无}}
  cut.reading:
    value: a
    alternatives: {a: {en: e, zh: 甲}, b: {en: e, zh: 乙}}
    clause: II
    status: assumed
    label: {en: e, zh: 理解}
    note: {en: e, zh: 无}
derived:
  cut.half: {of: [cut.most], over: 2}
inputs:
  node: {values: [may, september], label: {en: e, zh: 节点}}
  completion: {min: 0, max: 1, unit: ratio, label: {en: e, zh: 完成率}}
tables:
  cut:
    clause: II
    status: stated
    title: {en: e, zh: 压减}
    inputs: [node, completion]
    infeasible: [{node: may}]
    outputs: {share: ratio, action: [none, all]}
    rules:
      - {id: low, when: ['-', '<= cut.half'], then: [cut.most, all]}
      - {id: high, when: ['"september"', '(cut.half..1]'], then: ['0', none]}
"""
SEEDS = [SMALL.encode(), LAKESIDE.encode()]


def read(data, folder):
    path = folder / "policy.yaml"
    path.write_bytes(data)
    policy = rules.load_policy(path)
    policy.describe("zh")
    policy.describe("en")
    rules.to_dmn(policy)
