import type { IssueFilter } from "@order-issue/client";
import { useStatistics } from "../data/lists";
import { useFormats } from "../parts/formats";
import { Read } from "../parts/State";
import { useTexts } from "../texts";
import { Bar } from "./Bar";
import { IssuesLink } from "./IssuesLink";

const mark = 0.8;
const maxRows = 25;

/** The SKUs and types that make most of the issues, and which of them make 80 % of all. */
export function Pareto({ filter }: { filter: IssueFilter }) {
    const texts = useTexts();
    const formats = useFormats();
    return (
        <section>
            <Read query={useStatistics(["sku", "issueType"], filter)}>
                {({ groups }) => {
                    const sorted = [...groups].sort((left, right) => right.issues - left.issues);
                    const all = sorted.reduce((sum, group) => sum + group.issues, 0);
                    let before = 0;
                    const rows = sorted.slice(0, maxRows).map(({ keys = [], issues, units }) => {
                        const isWithin = before < mark * all;
                        before += issues;
                        return { sku: keys[0], issueType: keys[1], issues, units, share: before / all, isWithin };
                    });
                    const last = rows.findIndex(row => row.share >= mark); // Not there where it takes more rows than are shown.
                    return rows.length > 0 && (
                        <table class="bars pareto">
                            <caption>{texts.insights.pareto}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">{texts.fields.sku}</th>
                                    <th scope="col">{texts.fields.issueType}</th>
                                    <td aria-hidden="true" />
                                    <th scope="col" class="number">{texts.insights.issues}</th>
                                    <th scope="col" class="number">{texts.insights.units}</th>
                                    <th scope="col" class="number">{texts.insights.share}</th>
                                </tr>
                            </thead>
                            <tbody>
                                {rows.map(({ sku, issueType, issues, units, share, isWithin }, index) => (
                                    <tr key={`${sku} ${issueType}`} class={index === last && rows[index + 1] ? "mark" : isWithin ? undefined : "beyond"}>
                                        <th scope="row" dir="auto"><IssuesLink filter={filter} values={{ sku, issueType }}>{sku ?? texts.common.none}</IssuesLink></th>
                                        <td dir="auto">{issueType ?? texts.common.none}</td>
                                        <td class="bar"><Bar share={issues / rows[0]!.issues} /></td>
                                        <td class="number">{formats.number(issues)}</td>
                                        <td class="number">{formats.number(units)}</td>
                                        <td class="number">{index === last && <span class="tag">{texts.insights.mark}</span>} {formats.percent(share)}</td>
                                    </tr>
                                ))}
                            </tbody>
                        </table>
                    );
                }}
            </Read>
        </section>
    );
}
