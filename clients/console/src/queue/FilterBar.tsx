import { lazy, Suspense } from "preact/compat";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Queue, searchOf, valuesOf, viewQuery, withValue } from "../data/filter";
import { useVocabulary } from "../data/lists";
import { useSession } from "../data/session";
import { useTexts } from "../texts";
import { Chips } from "../parts/Chips";

const SaveView = lazy(() => import("./SaveView"));
const FilterDialog = lazy(() => import("./FilterDialog"));

const pauseMs = 150;

interface FilterBarProps {
    queue: Queue;
    onChange: (queue: Queue, replaces?: boolean) => void;
    /** The agent goes on from the search to what is found: by another queue than the one that is shown, where that has changed. */
    onLeave: (hasChanged: boolean) => void;
}

/** The search, the filters of every day, and the way to all others. */
export function FilterBar({ queue, onChange, onLeave }: FilterBarProps) {
    const texts = useTexts();
    const vocabulary = useVocabulary().data;
    const { mayWrite } = useSession();
    const { filter } = queue;
    const [status, issueType] = [valuesOf(filter, "status")[0], valuesOf(filter, "issueType")[0]];
    const [search, setSearch, searchNow] = useSearchText(filter.q ?? "", q => onChange({ ...queue, filter: withValue(filter, "q", q) }, true));
    const [showsAll, setShowsAll] = useState(false);
    const set = (name: keyof Queue["filter"], value: unknown) => onChange({ ...queue, filter: withValue(filter, name, value) });
    return (
        <search class="filters">
            <input id="search" type="search" value={search} placeholder={texts.filters.search} aria-label={texts.filters.search}
                maxLength={100} onInput={event => setSearch(event.currentTarget.value)}
                onKeyDown={event => { if (event.key === "ArrowDown" || event.key === "Enter") { event.preventDefault(); onLeave(searchNow()); } }} />
            <select aria-label={texts.columns.status} value={status ?? (filter.resolved === false ? "*" : "")}
                onChange={({ currentTarget: { value } }) => {
                    const others = withValue(withValue(filter, "status", undefined), "resolved", undefined);
                    onChange({ ...queue, filter: value === "*" ? { ...others, resolved: false } : withValue(others, "status", value === "" ? [] : [value]) });
                }}>
                <option value="">{texts.filters.anyStatus}</option>
                <option value="*">{texts.filters.unresolved}</option>
                {withCurrent(vocabulary?.statuses.map(each => each.status), status).map(each => <option key={each} value={each}>{each}</option>)}
            </select>
            <select aria-label={texts.columns.issueType} value={issueType ?? ""}
                onChange={({ currentTarget: { value } }) => set("issueType", value === "" ? [] : [value])}>
                <option value="">{texts.filters.anyType}</option>
                {withCurrent(vocabulary?.types, issueType).map(each => <option key={each} value={each}>{each}</option>)}
            </select>
            <button type="button" aria-pressed={filter.overdue === true} onClick={() => set("overdue", filter.overdue === true ? undefined : true)}>
                {texts.filters.overdue}
            </button>
            <button type="button" onClick={() => setShowsAll(true)}>{texts.filters.more}</button>
            {mayWrite && viewQuery(queue) !== "" && <Suspense fallback={null}><SaveView queue={queue} /></Suspense>}
            <Chips queue={queue} onChange={onChange} />
            {showsAll && <Suspense fallback={null}><FilterDialog queue={queue} onChange={onChange} onClose={() => setShowsAll(false)} /></Suspense>}
        </search>
    );
}

/** What can be chosen, and what is chosen, also before it is known what can be. */
function withCurrent(known: readonly string[] = [], current: string | undefined): string[] {
    return [...new Set([...known, ...current === undefined ? [] : [current]])];
}

/** What is typed stands there at once; the search follows after a short pause, the last one alone. */
function useSearchText(given: string, onSearch: (text: string) => void): [text: string, type: (text: string) => void, searchNow: () => boolean] {
    const [text, setText] = useState(given);
    const sought = useRef(given);
    const timer = useRef<ReturnType<typeof setTimeout>>();
    const latest = useRef(onSearch);
    latest.current = onSearch;
    useEffect(() => {
        if (given !== sought.current) {
            sought.current = given; // Another way than typing led here.
            setText(given);
        }
    }, [given]);
    useEffect(() => () => clearTimeout(timer.current), []);
    const search = (typed: string): boolean => {
        clearTimeout(timer.current);
        const next = searchOf(typed);
        const hasChanged = next !== sought.current;
        sought.current = next;
        if (hasChanged) {
            latest.current(next);
        }

        return hasChanged;
    };
    const type = (typed: string) => {
        setText(typed);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => search(typed), pauseMs);
    };
    return [text, type, () => search(text)];
}
