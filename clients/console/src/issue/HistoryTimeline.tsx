import { fields } from "../data/fields";
import { useHistory } from "../data/issues";
import { FieldValue } from "../parts/FieldValue";
import { Read } from "../parts/State";
import { Time } from "../parts/Time";
import { fieldText, useTexts } from "../texts";
import { useLatest } from "./useLatest";

/** What happened to the issue, the newest first. */
export function HistoryTimeline({ issueId }: { issueId: string }) {
    const texts = useTexts();
    const { list, hiddenOf, showAll } = useLatest();
    const history = useHistory(issueId);
    const actions = texts.history.actions as Record<string, string>;
    return (
        <section aria-labelledby="history">
            <h2 id="history">{texts.history.title}</h2>
            <Read query={history}>
                {entries => (
                    <>
                        <ol ref={list} tabIndex={-1} class="timeline">
                            {entries.slice(hiddenOf(entries)).toReversed().map(({ at, by, caller, action, reason, changes }, index) => (
                                <li key={entries.length - index}>
                                    <p class="by"><strong>{actions[action] ?? action}</strong> <Time at={at} />{(by ?? caller) !== undefined && <> · <bdi>{by ?? caller}</bdi></>}</p>
                                    {reason !== undefined && <p dir="auto">{reason}</p>}
                                    {changes.length > 0 && (
                                        <ul class="plain changes">
                                            {changes.filter(({ from, to }) => from !== undefined || to !== undefined).map(({ field, from, to }) => (
                                                <li key={field}>
                                                    {fieldText(texts, field)}: <span class="from"><Value field={field} value={from} /></span> → <Value field={field} value={to} />
                                                </li>
                                            ))}
                                        </ul>
                                    )}
                                </li>
                            ))}
                        </ol>
                        {hiddenOf(entries) > 0 && (
                            <p class="row"><button type="button" onClick={showAll}>{texts.issue.showAllEntries(entries.length)}</button></p>
                        )}
                    </>
                )}
            </Read>
        </section>
    );
}

/** As the field is shown elsewhere; what isn't shown there, as a text. */
function Value({ field, value }: { field: string; value: unknown }) {
    const kind = fields.find(({ name }) => name === field)?.kind;
    return <FieldValue name={field} kind={kind ?? (isTime(value) ? "time" : "text")} value={kind || typeof value !== "object" ? value : JSON.stringify(value)} />;
}

const isTime = (value: unknown) => typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
