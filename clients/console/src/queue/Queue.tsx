import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { lastQueue, useAddress } from "../data/address";
import { writeQueue } from "../data/filter";
import { issuesOf, useCount, useQueue } from "../data/issues";
import { useSession } from "../data/session";
import { useFormats } from "../parts/formats";
import { Heading } from "../parts/Heading";
import { Failure } from "../parts/State";
import { useTexts } from "../texts";
import { BulkBar } from "./BulkBar";
import { FilterBar } from "./FilterBar";
import { IssueTable } from "./IssueTable";
import { NewIssues } from "./NewIssues";
import "./queue.css";
import { useQueueKeys } from "./useQueueKeys";
import { useRowHeight } from "./useRowHeight";
import { type Bulk, useSelection } from "./useSelection";

/** Where the agent was when an issue was opened: who comes back goes on there. */
let lastPlace: { address: string; index: number; top: number } | undefined;

/** The issues that an agent works on, by what the address says. */
export default function Queue() {
    const texts = useTexts();
    const formats = useFormats();
    const { mayWrite } = useSession();
    const [, navigate] = useLocation();
    const [queue, show] = useAddress();
    const query = useQueue(queue);
    const total = useCount(queue.filter).data;
    const issues = useMemo(() => issuesOf(query.data), [query.data]);
    const selection = useSelection(issues);
    const scroller = useRef<HTMLDivElement>(null);
    const focused = useRef(0);
    /** The queue that the agent leaves for the rows of the next one. */
    const leaves = useRef<string>();
    const [bulk, setBulk] = useState<Bulk>();
    const rowHeight = useRowHeight();
    const address = `/${writeQueue(queue)}`;
    const open = (issueId: string) => {
        const index = issues.findIndex(issue => issue.issueId === issueId);
        lastPlace = { address, index, top: scroller.current?.scrollTop ?? 0 };
        navigate(`/issue/${encodeURIComponent(issueId)}`);
    };
    const goTo = useQueueKeys({ issues, scroller, focused, rowHeight, selection, canChange: mayWrite, onChange: setBulk });
    useEffect(() => {
        lastQueue.set(address);
        const place = lastPlace?.address === address ? lastPlace : undefined;
        lastPlace = undefined;
        focused.current = 0;
        scroller.current?.scrollTo({ top: place?.top ?? 0 });
        if (place) {
            goTo(place.index);
        }
    }, [queue]);
    useEffect(() => {
        if (leaves.current !== undefined && leaves.current !== address && query.data) {
            leaves.current = undefined;
            goTo(0);
        }
    });
    useEffect(selection.clear, [writeQueue({ filter: queue.filter, sort: "-createdAt" })]);
    return (
        <div class="queue">
            <Heading text={texts.shell.queue} isHidden />
            <FilterBar queue={queue} onChange={show} onLeave={hasChanged => hasChanged ? leaves.current = address : goTo(focused.current)} />
            <p class="summary" role="status">
                {query.isPending ? texts.common.loading : total === undefined ? "" : texts.queue.count(formats.number(total), total)}
            </p>
            <NewIssues queue={queue} shown={query.data} onShow={() => { scroller.current?.scrollTo({ top: 0 }); scroller.current?.focus(); }} />
            {query.error && <Failure error={query.error} onRetry={() => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch())} />}
            {query.data && issues.length === 0 && <p class="empty">{texts.queue.none}</p>}
            <IssueTable
                issues={issues}
                total={total}
                sort={queue.sort}
                selection={selection}
                canSelect={mayWrite}
                scroller={scroller}
                rowHeight={rowHeight}
                onSort={sort => show({ ...queue, sort })}
                isFetching={query.isFetching}
                onEnd={() => query.hasNextPage && !query.isFetching && !query.isError && void query.fetchNextPage()}
                onFocus={index => { focused.current = index; }}
                onOpen={open}
            />
            {mayWrite && (
                <BulkBar selection={selection} queue={queue} total={total} bulk={bulk} onBulk={setBulk} />
            )}
        </div>
    );
}
