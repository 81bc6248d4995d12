import type { IssueFilter } from "@order-issue/client";
import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useStatistics } from "../data/lists";
import { useSettings } from "../data/settings";
import { useFormats } from "../parts/formats";
import { Read } from "../parts/State";
import { useTexts } from "../texts";

const day = 86_400; // in seconds

interface Day {
    day: string;
    issues: number;
    open: number;
}

/** How many issues each day brought, as a curve and as a table. */
export default function Days({ filter }: { filter: IssueFilter }) {
    const texts = useTexts();
    return (
        <section>
            <h2>{texts.insights.byDay}</h2>
            <Read query={useStatistics(["day"], filter)}>
                {({ groups }) => {
                    const days = groups.flatMap(({ key, issues, open }) => key === undefined ? [] : [{ day: key, issues, open }])
                        .sort((left, right) => left.day.localeCompare(right.day));
                    return days.length > 0 && <><Curve days={days} /><DayTable days={days} /></>;
                }}
            </Read>
        </section>
    );
}

function Curve({ days }: { days: readonly Day[] }) {
    const texts = useTexts();
    const formats = useFormats();
    const { theme } = useSettings();
    const frame = useRef<HTMLDivElement>(null);
    useEffect(() => {
        const element = frame.current!;
        const color = (name: string) => getComputedStyle(element).getPropertyValue(name);
        const axis = { stroke: () => getComputedStyle(element).color, grid: { stroke: color("--line") } };
        const plot = new UPlot({
            width: element.clientWidth,
            height: 220,
            series: [
                {},
                { label: texts.insights.issues, stroke: color("--accent"), width: 2 },
                { label: texts.insights.open, stroke: color("--warning"), width: 2, dash: [4, 4] },
            ],
            axes: [{ ...axis, values: (_, times) => times.map(time => formats.date(new Date(time * 1000).toISOString())) }, axis],
            tzDate: seconds => UPlot.tzDate(new Date(seconds * 1000), "UTC"),
            legend: { show: false },
            scales: { x: { range: (_, min, max) => min === max ? [min - day, max + day] : [min, max] }, y: { range: (_, __, max) => [0, Math.max(max, 1) * 1.1] } },
        }, toColumns(days), element);
        const watcher = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 220 }));
        watcher.observe(element);
        return () => {
            watcher.disconnect();
            plot.destroy();
        };
    }, [days, theme, texts, formats]);
    return (
        <div aria-hidden="true">
            <p class="legend"><span class="issues">{texts.insights.issues}</span> <span class="open">{texts.insights.open}</span></p>
            <div class="curve" ref={frame} />
        </div>
    );
}

function DayTable({ days }: { days: readonly Day[] }) {
    const texts = useTexts();
    const formats = useFormats();
    return (
        <details>
            <summary>{texts.insights.asTable}</summary>
            <table class="bars">
                <thead><tr>{[texts.fields.day, texts.insights.issues, texts.insights.open].map(name => <th key={name} scope="col">{name}</th>)}</tr></thead>
                <tbody>
                    {days.toReversed().map(({ day, issues, open }) => (
                        <tr key={day}><th scope="row">{formats.date(day)}</th><td class="number">{formats.number(issues)}</td><td class="number">{formats.number(open)}</td></tr>
                    ))}
                </tbody>
            </table>
        </details>
    );
}

/** A day without issues is a zero, not a gap. */
function toColumns(days: readonly Day[]): [number[], number[], number[]] {
    const byTime = new Map(days.map(day => [Date.parse(day.day) / 1000, day]));
    const times = [...byTime.keys()].filter(time => !Number.isNaN(time));
    const all: number[] = [];
    for (let time = Math.min(...times); time <= Math.max(...times); time += day) {
        all.push(time);
    }

    return [all, all.map(time => byTime.get(time)?.issues ?? 0), all.map(time => byTime.get(time)?.open ?? 0)];
}
