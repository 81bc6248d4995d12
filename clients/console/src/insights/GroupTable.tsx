import type { IssueFilter, IssueGroup } from "@order-issue/client";
import { useState } from "preact/hooks";
import { useStatistics } from "../data/lists";
import { useFormats } from "../parts/formats";
import { Read } from "../parts/State";
import { useTexts } from "../texts";
import { Bar } from "./Bar";
import { IssuesLink } from "./IssuesLink";

const shownAtFirst = 8;

interface GroupTableProps {
    field: "issueType" | "channel" | "picker" | "packer" | "palletter" | "assignee" | "fault";
    filter: IssueFilter;
    title?: string;
}

/** A bar for each value of a field, the longest first, in a table that has the figures. */
export function GroupTable({ field, filter, title }: GroupTableProps) {
    const texts = useTexts();
    return (
        <section>
            <Read query={useStatistics([field], filter)}>
                {({ groups }) => groups.length > 0 && <Groups groups={groups} field={field} filter={filter} caption={title ?? texts.insights.by(texts.fields[field])} />}
            </Read>
        </section>
    );
}

function Groups({ groups, field, filter, caption }: { groups: readonly IssueGroup[]; caption: string } & Omit<GroupTableProps, "title">) {
    const texts = useTexts();
    const formats = useFormats();
    const [showsAll, setShowsAll] = useState(false);
    const sorted = [...groups].sort((left, right) => right.issues - left.issues);
    const max = sorted[0]?.issues ?? 1;
    const hasCost = groups.some(group => group.cost !== undefined && group.cost.length > 0);
    return (
        <>
            <table class="bars">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{texts.fields[field]}</th>
                        <td aria-hidden="true" />
                        <th scope="col" class="number">{texts.insights.issues}</th>
                        <th scope="col" class="number">{texts.insights.open}</th>
                        <th scope="col" class="number">{texts.insights.hours}</th>
                        {hasCost && <th scope="col" class="number">{texts.insights.cost}</th>}
                    </tr>
                </thead>
                <tbody>
                    {(showsAll ? sorted : sorted.slice(0, shownAtFirst)).map(({ key, issues, open, avgHoursToResolve, cost = [] }) => (
                        <tr key={key ?? ""}>
                            <th scope="row" dir="auto"><IssuesLink filter={filter} values={{ [field]: key }}>{key ?? texts.insights.none}</IssuesLink></th>
                            <td class="bar"><Bar share={issues / max} /></td>
                            <td class="number">{formats.number(issues)}</td>
                            <td class="number">{formats.number(open)}</td>
                            <td class="number">{avgHoursToResolve === undefined ? "–" : formats.number(avgHoursToResolve)}</td>
                            {hasCost && <td class="number">{cost.map(formats.money).join(", ") || "–"}</td>}
                        </tr>
                    ))}
                </tbody>
            </table>
            {sorted.length > shownAtFirst && (
                <button type="button" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>{showsAll ? texts.insights.fewer : texts.insights.all(sorted.length)}</button>
            )}
        </>
    );
}
