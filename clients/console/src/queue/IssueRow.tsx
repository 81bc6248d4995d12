import type { OrderIssue } from "@order-issue/client";
import { Link } from "wouter-preact";
import { useTexts } from "../texts";
import { columns } from "./columns";

interface IssueRowProps {
    issue: OrderIssue;
    index: number;
    isSelected: boolean;
    /** Whether the agent may select it. */
    canSelect: boolean;
    onToggle: (issueId: string) => void;
    onFocus: (index: number) => void;
    onOpen: (issueId: string) => void;
}

export function IssueRow({ issue, index, isSelected, canSelect, onToggle, onFocus, onOpen }: IssueRowProps) {
    const texts = useTexts();
    const { issueId } = issue;
    return (
        <tr
            data-index={index}
            aria-rowindex={index + 2}
            class={isSelected ? "selected" : undefined}
            onFocusCapture={() => onFocus(index)}
            onClick={event => {
                if (event.target instanceof Element && event.target.closest("a, input, label") === null && !getSelection()?.toString()) {
                    onOpen(issueId);
                }
            }}
        >
            {canSelect && (
                <td class="select">
                    <label>
                        <input type="checkbox" checked={isSelected} aria-label={texts.queue.selectIssue(issueId)} onChange={() => onToggle(issueId)} />
                    </label>
                </td>
            )}
            <th scope="row" class="issueId">
                <Link href={`/issue/${encodeURIComponent(issueId)}`}>{issueId}</Link>
                {issue.mergedInto !== undefined && <span class="quiet" title={texts.issue.mergedInto(issue.mergedInto)}> ⤳</span>}
            </th>
            {columns.map(({ name, cell }) => <td key={name} class={name}>{cell(issue, texts)}</td>)}
        </tr>
    );
}
