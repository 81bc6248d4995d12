import type { OrderIssue } from "@order-issue/client";
import { consolePath } from "../data/page";
import { type Cells, columns } from "./columns";

interface IssueRowProps {
    issue: OrderIssue;
    index: number;
    cells: Cells;
    isSelected: boolean;
    /** Whether the agent may select it. */
    canSelect: boolean;
    onToggle: (issueId: string) => void;
    onFocus: (index: number) => void;
    onOpen: (issueId: string) => void;
}

export function IssueRow({ issue, index, cells, isSelected, canSelect, onToggle, onFocus, onOpen }: IssueRowProps) {
    const { texts } = cells;
    const { issueId } = issue;
    return (
        <tr
            data-index={index}
            aria-rowindex={index + 2}
            class={isSelected ? "selected" : undefined}
            onFocusCapture={() => onFocus(index)}
            onClick={event => {
                const isOtherWindow = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
                if (event.target instanceof Element && event.target.closest("input, label") === null && !isOtherWindow && !getSelection()?.toString()) {
                    event.preventDefault();
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
                <a href={`${consolePath}/issue/${encodeURIComponent(issueId)}`}>{issueId}</a>
                {issue.mergedInto !== undefined && <span class="quiet" title={texts.issue.mergedInto(issue.mergedInto)}> ⤳</span>}
            </th>
            {columns.map(({ name, cell }) => <td key={name} class={name}>{cell(issue, cells)}</td>)}
        </tr>
    );
}
