import type { IssueFilter, IssueGroup } from "@order-issue/client";
import { useState } from "preact/hooks";
import { useStatistics } from "../data/lists";
import { useFormats } from "../parts/formats";
import { Read } from "../parts/State";
import { useTexts, valueText } from "../texts";
import { Bar } from "./Bar";
import { IssuesLink } from "./IssuesLink";

const shownAtFirst = 8;

interface GroupTableProps {
    field: "issueType" | "channel" | "picker" | "packer" | "palletter" | "assignee" | "fault";
    filter: IssueFilter;
    /** Whether the bars are for what the issues cost, where that is in one currency. */
    isOfCost?: boolean;
}

/** A bar for each value of a field, the longest first, in a table that has the figures. */
export function GroupTable({ field, filter, isOfCost = false }: GroupTableProps) {
    const texts = useTexts();
    return (
        <section>
            <Read query={useStatistics([field], filter)}>
                {({ groups }) => groups.length > 0 && <Groups groups={groups} field={field} filter={filter} isOfCost={isOfCost} />}
            </Read>
        </section>
    );
}

function Groups({ groups, field, filter, isOfCost }: { groups: readonly IssueGroup[] } & Required<GroupTableProps>) {
    const texts = useTexts();
    const formats = useFormats();
    const [showsAll, setShowsAll] = useState(false);
    const currencies = new Set(groups.flatMap(({ cost = [] }) => cost.map(({ currency }) => currency)));
    const size = ({ issues, cost = [] }: IssueGroup) => isOfCost && currencies.size === 1 ? cost[0]?.amount ?? 0 : issues;
    const sorted = [...groups].sort((left, right) => size(right) - size(left));
    const max = sorted[0] ? size(sorted[0]) || 1 : 1;
    const hasCost = isOfCost || currencies.size > 0;
    return (
        <>
            <table class="bars">
                <caption>{isOfCost ? texts.insights.costByFault : texts.insights.by(texts.fields[field])}</caption>
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
                    {(showsAll ? sorted : sorted.slice(0, shownAtFirst)).map(group => (
                        <tr key={group.key ?? ""}>
                            <th scope="row" dir="auto"><IssuesLink filter={filter} values={{ [field]: group.key }}>{valueText(texts, field, group.key ?? "")}</IssuesLink></th>
                            <td class="bar"><Bar share={size(group) / max} /></td>
                            <td class="number">{formats.number(group.issues)}</td>
                            <td class="number">{formats.number(group.open)}</td>
                            <td class="number">{group.avgHoursToResolve === undefined ? "–" : formats.number(group.avgHoursToResolve)}</td>
                            {hasCost && <td class="number">{group.cost?.map(formats.money).join(", ") || "–"}</td>}
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
