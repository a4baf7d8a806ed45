# _latchkey_candidates WORD... LAST: what the last word of "latchkey WORD... LAST" may become, by the forms of all
# commands alone. No server is asked, so names in its directory are not among it.
_latchkey_candidates() {
    local before='' word
    while [ $# -gt 1 ]; do
        before="$before$1
"
        shift
    done
    word=${1-}
    _latchkey_usage | LC_ALL=C _LATCHKEY_BEFORE=$before _LATCHKEY_LAST=$word awk '
        BEGIN {
            count = split(ENVIRON["_LATCHKEY_BEFORE"], before, "\n")
            if (count > 0) count-- # each ends in a line feed
            last = ENVIRON["_LATCHKEY_LAST"]
            lower = last != "" && last == tolower(last)
        }
        function offer(candidate) {
            if (index(candidate, last) == 1 && !offered[candidate]++) print candidate
        }
        function bare(place) {
            gsub(/[][]|\.\.\./, "", place)
            return place
        }
        {
            for (verbs = 0; verbs < NF && $(verbs + 1) ~ /^[a-z][a-z0-9-]*$/; verbs++);
            for (i = 1; i <= verbs && i <= count; i++) if (before[i] != $i) next
            if (count < verbs) {
                offer($(count + 1))
                next
            }
            form = $0
            split("", takes)
            while (match(form, /--[a-z-]+( [A-Z]+)?/)) {
                split(substr(form, RSTART, RLENGTH), option, " ")
                takes[option[1]] = option[2]
                form = substr(form, RSTART + RLENGTH)
            }
            form = $0
            gsub(/\[--[^]]*\]/, " ", form)
            places = split(form, place, " ")
            plain = 0
            for (i = verbs + 1; i <= count; i++) {
                if (before[i] !~ /^--/) {
                    plain++
                } else if (before[i] !~ /=/ && takes[before[i]] != "") {
                    delete takes[before[i]]
                    if (++i > count) next
                } else {
                    sub(/=.*/, "", before[i])
                    delete takes[before[i]]
                }
            }
            if (last ~ /^-/) for (name in takes) offer(name)
            at = verbs + plain + 1
            if (at > places && place[places] ~ /\.\.\.\]$/) at = places
            if (at <= places && place[at] ~ /\|/) {
                choices = split(bare(place[at]), choice, "|")
                for (i = 1; i <= choices; i++) offer(lower ? tolower(choice[i]) : choice[i])
            }
        }'
}
