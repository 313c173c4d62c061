"""Kernels that start at once: forked from a process that has the heavy libraries imported.

``nursery`` is that process, ``warm`` starts one and asks it for kernels, ``provisioner`` makes them available to every
Jupyter tool through the kernelspec ``fiscal``, ``manager`` is what reports use.
"""
