import type { DiscussionMessage } from "@order-issue/client";
import { Time } from "../parts/Time";
import { useTexts } from "../texts";
import { useLatest } from "./useLatest";

/** What was said, the newest last, and at first only that. */
export function Discussion({ messages }: { messages: readonly DiscussionMessage[] }) {
    const texts = useTexts();
    const { list, hiddenOf, showAll } = useLatest();
    if (messages.length === 0) {
        return <p class="quiet">{texts.issue.noMessages}</p>;
    }

    const hidden = hiddenOf(messages);
    return (
        <>
            {hidden > 0 && <p class="row"><button type="button" onClick={showAll}>{texts.issue.showAllMessages(messages.length)}</button></p>}
            <ol ref={list} tabIndex={-1} class="discussion" start={hidden + 1}>
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
