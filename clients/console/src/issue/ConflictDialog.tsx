import type { FieldKind } from "../data/fields";
import { Dialog } from "../parts/Dialog";
import { FieldValue } from "../parts/FieldValue";
import { useTexts } from "../texts";

interface ConflictDialogProps {
    field: { name: string; kind: FieldKind };
    mine: unknown;
    theirs: unknown;
    onChoose: (takesMine: boolean) => void;
}

/** Shows both values of a field that two have changed. Closing keeps what the other one has saved. */
export function ConflictDialog({ field: { name, kind }, mine, theirs, onChoose }: ConflictDialogProps) {
    const texts = useTexts();
    const label = (texts.fields as Record<string, unknown>)[name];
    return (
        <Dialog title={texts.conflict.title(typeof label === "string" ? label : name)} submitText={texts.conflict.takeMine}
            onSubmit={() => onChoose(true)} onClose={() => onChoose(false)}>
            <p>{texts.conflict.explanation}</p>
            <dl class="versions">
                <div><dt>{texts.conflict.theirs}</dt><dd><FieldValue kind={kind} value={theirs} /></dd></div>
                <div><dt>{texts.conflict.mine}</dt><dd><FieldValue kind={kind} value={mine} /></dd></div>
            </dl>
        </Dialog>
    );
}
