import type { Draft, Field } from "../data/fields";
import { useVocabulary } from "../data/lists";
import { useTexts } from "../texts";
import { type Control, Suggest } from "./Field";

interface FieldEditorProps {
    field: Field;
    draft: Draft;
    onDraft: (draft: Draft) => void;
    control: Control;
}

/** The control for a field of its kind. */
export function FieldEditor({ field: { kind, known }, draft, onDraft, control }: FieldEditorProps) {
    const vocabulary = useVocabulary().data;
    if (typeof draft !== "string") {
        return <RowsEditor kind={kind} rows={draft} onDraft={onDraft} control={control} />;
    }

    const shared = { ...control, dir: "auto" as const };
    switch (kind) {
        case "longText":
            return <textarea {...shared} rows={4} value={draft} onInput={event => onDraft(event.currentTarget.value)} />;
        case "time":
            return <input {...shared} dir="ltr" type="datetime-local" step={draft.length > "2026-01-31T12:00".length ? 1 : 60} value={draft} onInput={event => onDraft(event.currentTarget.value)} />;
        default:
            return known
                ? <Suggest {...shared} value={draft} values={vocabulary ? known(vocabulary) : []} onValue={onDraft} />
                : <input {...shared} value={draft} onInput={event => onDraft(event.currentTarget.value)} />;
    }
}

type RowsEditorProps = Omit<FieldEditorProps, "field" | "draft"> & { kind: Field["kind"]; rows: readonly (readonly [string, string])[] };

/** Items, each a SKU and how many; or an amount and its currency. */
function RowsEditor({ kind, rows, onDraft, control }: RowsEditorProps) {
    const texts = useTexts();
    const isItems = kind === "items";
    const [first, second] = isItems ? [texts.fields.sku, texts.fields.qty] : [texts.fields.amount, texts.fields.currency];
    const shown = rows.length > 0 ? rows : [["", ""] as const];
    const set = (index: number, row: readonly [string, string]) => onDraft(shown.map((each, other) => other === index ? row : each));
    return (
        <div class="rows" role="group" tabIndex={-1} {...control}>
            {shown.map(([left, right], index) => (
                <div key={index} class="row">
                    <input aria-label={first} placeholder={first} value={left}
                        {...!isItems && { inputMode: "decimal" }} onInput={event => set(index, [event.currentTarget.value, right])} />
                    <input aria-label={second} placeholder={second} class="short" value={right}
                        {...isItems && { inputMode: "numeric" }} onInput={event => set(index, [left, event.currentTarget.value])} />
                    {isItems && shown.length > 1 && (
                        <button type="button" aria-label={texts.fields.removeItem(index + 1)} onClick={() => onDraft(shown.filter((_, other) => other !== index))}>×</button>
                    )}
                </div>
            ))}
            {isItems && <button type="button" onClick={() => onDraft([...shown, ["", "1"]])}>{texts.fields.addItem}</button>}
        </div>
    );
}
