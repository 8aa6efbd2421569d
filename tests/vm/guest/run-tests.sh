#!/bin/bash
# In the guest: runs the assemblies of the job one after another. Each line of assemblies is an assembly, its arguments are
# the lines of arguments/NAME. The results go to results/NAME.json (CTRF), the exit code to results/NAME.code.
set -uo pipefail

failed=0
while read -r assembly; do
    name=$(basename "$assembly" .dll)
    mapfile -t arguments <"/run/vm/arguments/$name"
    echo "== $name"
    started=$SECONDS
    dotnet "$assembly" "${arguments[@]}" -noLogo -noColor -noAutoReporters -reporter verbose -ctrf "/run/vm/results/$name.json"
    code=$?
    echo "$code" >"/run/vm/results/$name.code"
    echo "== $name: code $code after $((SECONDS - started)) s"
    [[ $code -eq 0 ]] || failed=1
done </run/vm/assemblies
exit "$failed"
