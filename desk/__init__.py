"""The operator's desk: command line, supervisor, headend, worker, control API, registry, wiring.

The only room that knows the others. `supervisor` keeps one `headend` and a `worker` for each channel wanted;
`registry` says which are wanted; `lineup` holds the channels of a headend and feeds the packager; `commands/` are
the words of `xacast`. Decisions (`reconcile`, `report`, `fit`) are functions of values; the rest is wiring.
"""
