import { Link } from "wouter-preact";
import { lastQueue } from "../data/address";
import { useIssue } from "../data/issues";
import { ticketSystemOf } from "../data/tickets";
import { useSession } from "../data/session";
import { useStore } from "../data/store";
import { Heading } from "../parts/Heading";
import { Read } from "../parts/State";
import { useTexts } from "../texts";
import { Composer } from "./Composer";
import { Discussion } from "./Discussion";
import { Facts } from "./Facts";
import { HistoryTimeline } from "./HistoryTimeline";
import "./issue.css";
import { Related } from "./Related";
import { StatusButtons } from "./StatusButtons";
import { TicketPanel } from "./TicketPanel";

/** One issue: what is known, what was said, and what is beside it. */
export default function Issue({ issueId }: { issueId: string }) {
    const texts = useTexts();
    const { mayWrite } = useSession();
    return (
        <div class="issue">
            <p class="crumbs"><Link href={useStore(lastQueue)}>← {texts.issue.back}</Link></p>
            <Heading text={texts.issue.title(issueId)} />
            <Read query={useIssue(issueId)}>
                {issue => {
                    const canChange = mayWrite && issue.mergedInto === undefined;
                    return (
                        <>
                            {issue.mergedInto !== undefined && (
                                <p class="banner">
                                    {texts.issue.mergedInto(issue.mergedInto)} <Link href={`/issue/${encodeURIComponent(issue.mergedInto)}`}>{texts.issue.openIt}</Link>
                                </p>
                            )}
                            <StatusButtons issue={issue} canChange={canChange} />
                            <div class="columns">
                                <section aria-labelledby="discussion">
                                    <h2 id="discussion">{texts.issue.discussion}</h2>
                                    <Discussion messages={issue.discussion} />
                                    {canChange && <Composer issue={issue} />}
                                    <HistoryTimeline issueId={issueId} />
                                </section>
                                <aside>
                                    <Facts issue={issue} canChange={canChange} />
                                    {issue.ticketId !== undefined && <TicketPanel ticketId={issue.ticketId} system={ticketSystemOf(issue)} />}
                                    <Related issue={issue} canMerge={canChange} />
                                </aside>
                            </div>
                        </>
                    );
                }}
            </Read>
        </div>
    );
}
