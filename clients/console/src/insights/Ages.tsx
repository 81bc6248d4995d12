import type { IssueFilter } from "@order-issue/client";
import { Link } from "wouter-preact";
import { writeQueue } from "../data/filter";
import { useCount } from "../data/issues";
import { useFormats } from "../parts/formats";
import { useTexts } from "../texts";
import { Bar } from "./Bar";

const days = [1, 3, 7, 14, 30] as const;

/** What isn't solved yet: all of it, what is overdue, and what has waited for long. */
export function Ages({ filter }: { filter: IssueFilter }) {
    const texts = useTexts();
    const open = useCount({ ...filter, resolved: false }).data;
    const row = (label: string, more: IssueFilter) => <AgeRow key={label} label={label} filter={{ ...filter, ...more }} open={open} />;
    return (
        <section>
            <table class="bars">
                <caption>{texts.insights.unresolved}</caption>
                <thead>
                    <tr><th scope="col">{texts.insights.age}</th><td aria-hidden="true" /><th scope="col" class="number">{texts.insights.issues}</th></tr>
                </thead>
                <tbody>
                    {row(texts.insights.allUnresolved, { resolved: false })}
                    {row(texts.filters.overdue, { overdue: true })}
                    {days.map(each => row(texts.insights.olderThan(each), { olderThanHours: each * 24 }))}
                </tbody>
            </table>
        </section>
    );
}

function AgeRow({ label, filter, open }: { label: string; filter: IssueFilter; open: number | undefined }) {
    const formats = useFormats();
    const count = useCount(filter);
    return (
        <tr>
            <th scope="row"><Link href={`/${writeQueue({ filter, sort: "createdAt" })}`}>{label}</Link></th>
            <td class="bar"><Bar share={open ? (count.data ?? 0) / open : 0} /></td>
            <td class="number">{count.data === undefined ? count.error ? "!" : "…" : formats.number(count.data)}</td>
        </tr>
    );
}
