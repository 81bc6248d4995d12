import { useHistory } from "../data/issues";
import { useFormats } from "../parts/formats";
import { Read } from "../parts/State";
import { Time } from "../parts/Time";
import { useTexts } from "../texts";

/** What happened to the issue, the newest first. */
export function HistoryTimeline({ issueId }: { issueId: string }) {
    const texts = useTexts();
    const formats = useFormats();
    const history = useHistory(issueId);
    const actions = texts.history.actions as Record<string, string>;
    return (
        <section aria-labelledby="history">
            <h2 id="history">{texts.history.title}</h2>
            <Read query={history}>
                {entries => (
                    <ol class="timeline">
                        {[...entries].reverse().map(({ at, by, caller, action, reason, changes }, index) => (
                            <li key={entries.length - index}>
                                <p class="by"><strong>{actions[action] ?? action}</strong> <Time at={at} />{(by ?? caller) !== undefined && <> · <bdi>{by ?? caller}</bdi></>}</p>
                                {reason !== undefined && <p dir="auto">{reason}</p>}
                                {changes.length > 0 && (
                                    <ul class="plain changes">
                                        {changes.filter(({ from, to }) => from !== undefined || to !== undefined).map(({ field, from, to }) => (
                                            <li key={field}>
                                                {nameOf(field, texts.fields)}: <bdi class="from">{written(from, formats.time)}</bdi> → <bdi>{written(to, formats.time)}</bdi>
                                            </li>
                                        ))}
                                    </ul>
                                )}
                            </li>
                        ))}
                    </ol>
                )}
            </Read>
        </section>
    );
}

function nameOf(field: string, names: object): string {
    const name = (names as Record<string, unknown>)[field];
    return typeof name === "string" ? name : field;
}

function written(value: unknown, time: (iso: string) => string): string {
    return value === undefined || value === null ? "–"
        : typeof value !== "string" ? JSON.stringify(value)
        : /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? time(value)
        : value;
}
