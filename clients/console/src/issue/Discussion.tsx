import type { DiscussionMessage } from "@order-issue/client";
import { useState } from "preact/hooks";
import { Time } from "../parts/Time";
import { useTexts } from "../texts";

const shownAtFirst = 20;

/** What was said, the newest last, and at first only that. */
export function Discussion({ messages }: { messages: readonly DiscussionMessage[] }) {
    const texts = useTexts();
    const [showsAll, setShowsAll] = useState(false);
    if (messages.length === 0) {
        return <p class="quiet">{texts.issue.noMessages}</p>;
    }

    const hidden = showsAll ? 0 : Math.max(messages.length - shownAtFirst, 0);
    return (
        <>
            {hidden > 0 && <p class="row"><button type="button" onClick={() => setShowsAll(true)}>{texts.issue.showAll(messages.length)}</button></p>}
            <ol class="discussion" start={hidden + 1}>
                {messages.slice(hidden).map(({ userName, message, created_at, fromIssueId }, index) => (
                    <li key={hidden + index}>
                        <p class="by">
                            <strong dir="auto">{userName}</strong> <Time at={created_at} />
                            {fromIssueId !== undefined && <span class="tag">{texts.issue.from(fromIssueId)}</span>}
                        </p>
                        <p class="message" dir="auto">{message}</p>
                    </li>
                ))}
            </ol>
        </>
    );
}
