import type { DiscussionMessage } from "@order-issue/client";
import { Time } from "../parts/Time";
import { useTexts } from "../texts";

export function Discussion({ messages }: { messages: readonly DiscussionMessage[] }) {
    const texts = useTexts();
    if (messages.length === 0) {
        return <p class="quiet">{texts.issue.noMessages}</p>;
    }

    return (
        <ol class="discussion">
            {messages.map(({ userName, message, created_at, fromIssueId }, index) => (
                <li key={index}>
                    <p class="by">
                        <strong dir="auto">{userName}</strong> <Time at={created_at} />
                        {fromIssueId !== undefined && <span class="tag">{texts.issue.from(fromIssueId)}</span>}
                    </p>
                    <p class="message" dir="auto">{message}</p>
                </li>
            ))}
        </ol>
    );
}
