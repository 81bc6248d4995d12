# What the benchmarks share. They source it, and have this folder as the current one.

work=bin/$(basename "$0")
pids=()
trap 'kill "${pids[@]}" 2> /dev/null || true' EXIT

# What fails within the $(…) of an assignment ends the benchmark, too; within the arguments of a command it doesn't.
shopt -s inherit_errexit

fail() { echo "$1" >&3; exit 1; }
exec 3>&2

# publish <project> …: each into a folder of its name below $work, which is emptied first. With BUILT set, what was built last is copied,
# which isn't compiled for this machine.
publish() {
    rm -rf "$work"
    mkdir -p "$work/data"
    for project; do
        if [ -n "${BUILT-}" ]; then
            cp -r "$project/bin/Release/net10.0" "$work/$(basename "$project")"
        else
            dotnet publish "$project" --configuration Release --output "$work/$(basename "$project")" > "$work/publish.log" \
                || fail "$(cat "$work/publish.log")"
        fi
    done
}

# start <folder> <address> <database> [program]: starts it and waits for its first answer. Callers are limited where $permits says so.
start() {
    ! curl --silent --output /dev/null "$2/" || fail "Something else listens at $2."
    (cd "$work/$1" && exec env ASPNETCORE_URLS="$2" Auth__AllowAnonymous=true RateLimit__PermitsPerMinute="${permits-0}" \
        "ConnectionStrings__Sqlite=Data Source=../data/$3" dotnet "${4-$1}.dll" > "../${2##*:}.log" 2>&1) &
    pids+=($!)
    until curl --silent --output /dev/null "$2/"; do
        kill -0 "${pids[-1]}" || fail "$1 ended: $(cat "$work/${2##*:}.log")"
        sleep 0.01
    done
}

# stop: ends what was started last.
stop() { kill "${pids[-1]}"; wait "${pids[-1]}" || true; unset 'pids[-1]'; }

# measure <connections> <seconds> <address> <script> <its arguments>: requests a second, and p50, p99 and p99.9 in ms. Fails where a request
# failed.
measure() {
    local figures
    figures=$(wrk --threads 1 --connections "$1" --duration "$2" --timeout 30 --script "$4" "$3" -- "${@:5}" | grep '^result')
    [ "${figures##* }" = 0 ] || fail "${*:3}: ${figures##* } requests failed."
    echo "$figures" | cut -d' ' -f2-5
}

# counted <name> <arguments of start>: starts it likewise, and counts what it allocates. Needs Allocations published.
declare -A process
counted() {
    DOTNET_STARTUP_HOOKS="$PWD/$work/Allocations/Allocations.dll" ALLOCATIONS="$PWD/$work/$1.allocated" start "${@:2}"
    process[$1]=${pids[-1]}
}

# spent <name>: processor time in ticks of 10 ms, and bytes, so far.
spent() { sleep 0.1; echo "$(awk '{ print $14 + $15 }' "/proc/${process[$1]}/stat") $(cat "$work/$1.allocated")"; }

# costs <name> <arguments of measure>: the same figures, and microseconds of processor time and bytes a request.
costs() {
    local before figures
    before=$(spent "$1")
    figures=$(measure "${@:2}")
    echo "$before $(spent "$1") $figures" | awk -v seconds="$3" '{ n = $5 * seconds; print $5, $6, $7, $8, ($3 - $1) * 10000 / n, ($4 - $2) / n }'
}

# memory <process id> <key>: what the process has of it, in kB.
memory() { awk -v key="$2:" '$1 == key { print $2 }' "/proc/$1/status"; }

# database <name>: the URI of ORDERISSUE_TEST_MONGODB with a database of this run. A slow server may take its time for connections.
run=bench-$(date +%s)
database() {
    local uri
    uri=$(sed -E "s#^(mongodb(\+srv)?://[^/?]+)/?([^?]*)#\1/$run-$1#" <<< "$ORDERISSUE_TEST_MONGODB")
    case $uri in *\?*) uri+='&' ;; *) uri+='?' ;; esac
    echo "${uri}waitQueueTimeoutMS=60000"
}

# values <key>: what the key has in the JSON that comes in, ready for a query; none with escapes.
values() { grep -o "\"$1\":\"[^\"\\\\]*\"" | cut -d'"' -f4 | sed "s/%/%25/g; s/#/%23/g; s/ /%20/g; s/'/%27/g"; }

# some <issues>: the paths of 300 of so many issues, by chance.
list=/api/order-issue
some() { shuf --input-range="1600001-$((1600000 + $1))" --head-count=300 | sed "s|^|$list/|"; }

# sample <address> <issues>: the JSON of 300 of so many issues.
sample() { some "$2" | sed "s|^|$1|" | xargs curl --silent --fail; }

# indexed <address>: waits until the service there has all texts in its index.
indexed() {
    local log="$work/${1##*:}.log"
    until grep --quiet 'The index of texts has everything' "$log"; do
        ! grep --quiet "The index of texts can't" "$log" || fail "$(cat "$log")"
        sleep 0.1
    done
}

# texts <name>: searches for what comes in, one a line.
texts() { sed "s|^|$list?q=|" > "$work/search.$1"; }

# search <address> <sample>: searches for what the sample has, kind by kind and all together, one at a time. Prints a row each.
search() {
    rm -f "$work"/search.*
    values OrderId < "$2" | texts order_id
    values customerEmail < "$2" | cut -d@ -f1 | texts part_of_an_e-mail_address
    values customerName < "$2" | texts customer
    values sku < "$2" | texts SKU
    values notes < "$2" | sed 's/%20/\n/g' | grep -Ex '[[:alpha:]]{5,}' | shuf | texts word_of_the_notes
    values customerName < "$2" | grep -o '^[[:alpha:]][[:alpha:]]' | sort -u | texts two_characters
    seq -f 'zyxwv%.0f' 100 | texts what_none_has
    echo example.com | texts what_nearly_all_have
    local kinds=("$work"/search.*) kind figures
    for kind in "${kinds[@]}"; do shuf --repeat --head-count=200 "$kind"; done | shuf > "$work/search.all_of_these"
    head -n 50 "$work/search.all_of_these" | sed "s|^|$1|" | xargs curl --silent --fail > /dev/null || fail "A search failed." # warms up
    for kind in "${kinds[@]}" "$work/search.all_of_these"; do
        figures=$(measure 1 "$duration" "$1" reads.lua "$kind")
        kind=${kind##*/search.}
        printf '| %s | %.1f | %.1f |\n' "${kind//_/ }" $(cut -d' ' -f2-3 <<< "$figures")
    done
}

# save <address> <name> <query>: saves a view.
save() {
    curl --silent --fail --output /dev/null --request PUT --header 'Content-Type: application/json' --data "{\"query\":\"$3\"}" \
        "$1/api/issue-view/$2" || fail "The view $2 isn't saved."
}

# views <address>: saves ten views, and counts their issues in one call. Prints the milliseconds.
views() {
    local agent figures
    agent=$(curl --silent --fail "$1$list/stats?groupBy=assignee" | values key | head -n 1)
    save "$1" open 'status=open'
    save "$1" mine "assignee=$agent&resolved=false"
    save "$1" overdue 'overdue=true&sort=dueAt'
    save "$1" unassigned 'assignee=&resolved=false'
    save "$1" urgent 'priority=urgent&resolved=false'
    save "$1" late 'tag=late&resolved=false'
    save "$1" wrong 'status=open&issueType=wrong%20item'
    save "$1" old 'olderThanHours=48'
    save "$1" pending 'status=pending&channel=tiktok'
    save "$1" week "createdFrom=$(date --utc --date '7 days ago' +%F)"
    echo '/api/issue-view?count=true' > "$work/views"
    measure 1 1 "$1" reads.lua "$work/views" > /dev/null # warms up
    figures=$(measure 1 "$duration" "$1" reads.lua "$work/views")
    printf '%.0f | %.0f' $(cut -d' ' -f2-3 <<< "$figures")
}

median() { sort -g | awk '{ n[NR] = $1 } END { print NR % 2 ? n[(NR + 1) / 2] : (n[NR / 2] + n[NR / 2 + 1]) / 2 }'; }

# column <name> <expression>: its median over the lines of $work/figures that begin with the name.
column() { awk -v name="$1" "\$1 == name { print $2 }" "$work/figures" | median; }
