import type { IssueFilter, IssueSort } from "@order-issue/client";
import { useState } from "preact/hooks";
import { splitList } from "../data/fields";
import { type ListFilter, listFilters, neverNone, type Queue, sorts, timeFilters, valuesOf, withValue } from "../data/filter";
import { useVocabulary } from "../data/lists";
import { Dialog } from "../parts/Dialog";
import { Field, Suggest } from "../parts/Field";
import { useTexts } from "../texts";

interface FilterDialogProps {
    queue: Queue;
    onChange: (queue: Queue) => void;
    onClose: () => void;
}

/** All filters. Several values of one are separated by commas. */
export default function FilterDialog({ queue, onChange, onClose }: FilterDialogProps) {
    const texts = useTexts();
    const vocabulary = useVocabulary().data;
    const { none } = texts.common;
    const written = (name: ListFilter) => valuesOf(queue.filter, name).map(value => value || none).join(", ");
    const [filter, setFilter] = useState<IssueFilter>(queue.filter);
    const [sort, setSort] = useState(queue.sort);
    const [lists, setLists] = useState(() => Object.fromEntries(listFilters.map(name => [name, written(name)])));
    const known: Partial<Record<ListFilter, readonly string[]>> = {
        status: vocabulary?.statuses.map(each => each.status) ?? [],
        issueType: vocabulary?.types ?? [],
        channel: vocabulary?.channels ?? [],
        source: vocabulary?.channels ?? [],
        priority: vocabulary?.priorities ?? [],
        fault: vocabulary?.faults ?? [],
    };
    const submit = () => {
        const edited = listFilters.filter(name => lists[name] !== written(name));
        const whole = edited.reduce((next, name) => withValue(next, name, splitList(lists[name] ?? "").map(value => value.toLowerCase() === none ? "" : value)), filter);
        onChange({ filter: whole, sort });
        onClose();
    };
    return (
        <Dialog title={texts.filters.more} submitText={texts.filters.apply} onSubmit={submit} onClose={onClose}>
            <p class="hint">{texts.filters.hint}</p>
            <div class="grid">
                {listFilters.map(name => (
                    <Field key={name} label={texts.filters.names[name]}>
                        {control => (
                            <Suggest {...control} value={lists[name] ?? ""} values={[...known[name] ?? [], ...neverNone.includes(name) ? [] : [none]]}
                                onValue={value => setLists(now => ({ ...now, [name]: value }))} />
                        )}
                    </Field>
                ))}
                {timeFilters.map(name => (
                    <Field key={name} label={texts.filters.names[name]}>
                        {control => (
                            <input {...control} type="date" value={filter[name]?.slice(0, 10) ?? ""}
                                onInput={event => setFilter(withValue(filter, name, event.currentTarget.value))} />
                        )}
                    </Field>
                ))}
                <Field label={texts.filters.sort}>
                    {control => (
                        <select {...control} value={sort} onChange={event => setSort(event.currentTarget.value as IssueSort)}>
                            {sorts.map(each => <option key={each} value={each}>{texts.filters.sorts[each]}</option>)}
                        </select>
                    )}
                </Field>
                <Field label={texts.filters.names.olderThanHours}>
                    {control => (
                        <input {...control} type="number" min={1} max={87600} value={filter.olderThanHours ?? ""}
                            onInput={event => setFilter(withValue(filter, "olderThanHours", event.currentTarget.valueAsNumber || undefined))} />
                    )}
                </Field>
            </div>
        </Dialog>
    );
}
