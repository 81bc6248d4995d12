import type { IssueSort, OrderIssue } from "@order-issue/client";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { useFormats } from "../parts/formats";
import { useTexts } from "../texts";
import { type Cells, columns } from "./columns";
import { IssueRow } from "./IssueRow";
import type { Selection } from "./useSelection";
import { useVirtualRows } from "./useVirtualRows";

interface IssueTableProps {
    issues: readonly OrderIssue[];
    /** How many there are in all; undefined where it isn't known yet. */
    total: number | undefined;
    sort: IssueSort;
    selection: Selection;
    canSelect: boolean;
    scroller: RefObject<HTMLDivElement>;
    rowHeight: number;
    isFetching: boolean;
    onSort: (sort: IssueSort) => void;
    onEnd: () => void;
    onFocus: (index: number) => void;
    onOpen: (issueId: string) => void;
}

export function IssueTable({ issues, total, sort, selection, canSelect, scroller, rowHeight, isFetching, ...on }: IssueTableProps) {
    const texts = useTexts();
    const cells: Cells = { texts, formats: useFormats() };
    const { indexes, before, after } = useVirtualRows(scroller, issues.length, rowHeight);
    const last = indexes.at(-1) ?? 0;
    useEffect(() => {
        if (last >= issues.length - 30) {
            on.onEnd();
        }
    }, [last, issues.length, isFetching]);
    return (
        <div class="scroller" ref={scroller} tabIndex={-1}>
            <table class="issues" aria-label={texts.queue.issues} aria-rowcount={total === undefined ? -1 : total + 1}>
                <thead>
                    <tr aria-rowindex={1}>
                        {canSelect && (
                            <td class="select">
                                <label>
                                    <input
                                        type="checkbox"
                                        aria-label={texts.queue.selectLoaded}
                                        checked={issues.length > 0 && issues.every(issue => selection.ids.has(issue.issueId))}
                                        onChange={selection.toggleAll}
                                    />
                                </label>
                            </td>
                        )}
                        <th scope="col" class="issueId">{texts.columns.issueId}</th>
                        {columns.map(column => (
                            <th key={column.name} scope="col" class={column.name} aria-sort={sortOf(column.sort, sort)}>
                                {column.sort === undefined ? texts.columns[column.name] : (
                                    <button type="button" class="sort" onClick={() => on.onSort(nextSort(column.sort!, sort))}>
                                        {texts.columns[column.name]}
                                    </button>
                                )}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {before > 0 && <tr class="space" aria-hidden="true"><td style={{ height: `${before}px` }} /></tr>}
                    {indexes.map(index => issues[index]).map((issue, order) => issue && (
                        <IssueRow
                            key={issue.issueId}
                            issue={issue}
                            index={indexes[order]!}
                            cells={cells}
                            isSelected={selection.ids.has(issue.issueId)}
                            canSelect={canSelect}
                            onToggle={selection.toggle}
                            onFocus={on.onFocus}
                            onOpen={on.onOpen}
                        />
                    ))}
                    {after > 0 && <tr class="space" aria-hidden="true"><td style={{ height: `${after}px` }} /></tr>}
                </tbody>
            </table>
        </div>
    );
}

const sortOf = (name: string | undefined, sort: IssueSort) => name === sort ? "ascending" : `-${name}` === sort ? "descending" : undefined;

const nextSort = (name: "createdAt" | "updatedAt" | "dueAt", sort: IssueSort): IssueSort => sort === `-${name}` ? name : `-${name}`;
