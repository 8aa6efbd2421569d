# The results of one kernel, from the CTRF file of each assembly that left one, and from the faults that no file tells of.
# The runner escapes quotes and backslashes of texts once more than JSON needs.
def text: (. // "") | gsub("\\\\\""; "\"") | gsub("\\\\\\\\"; "\\");
def kernel: map(select(.extra.traits.Category // [] | index("Kernel")));
def tally: { passed: map(select(.status == "passed")) | length,
             failed: map(select(.status == "failed")) | length,
             skipped: map(select(.status == "skipped")) | length };

[inputs.results] as $runs
| [$runs[].tests[]] as $tests
| ($faults + [$runs[].extra.suites[].errors[]? | { name: "outside of a test", message: (.message // tostring | text) }]) as $other
| ($tests | tally) as $all
| { kernel: $kernel,
    release: $release,
    passed: $all.passed,
    failed: ($all.failed + ($other | length)),
    skipped: $all.skipped,
    kernelTests: ($tests | kernel | tally),
    skipReasons: ($tests | map(select(.status == "skipped") | .extra.reason | text)
                  | group_by(.) | map({ key: .[0], value: length }) | from_entries),
    failures: ([$tests[] | select(.status == "failed") | { name, message: (.message | text), trace: (.trace | text) }] + $other),
    seconds: $seconds }
