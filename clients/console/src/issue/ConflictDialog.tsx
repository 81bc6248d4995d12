import type { ChangeableField } from "../data/changes";
import type { FieldKind } from "../data/fields";
import { Dialog } from "../parts/Dialog";
import { FieldValue } from "../parts/FieldValue";
import { useTexts } from "../texts";
import type { Conflict } from "./useSaveField";

interface ConflictDialogProps {
    name: ChangeableField;
    kind: FieldKind;
    conflict: Conflict;
}

/** Shows both values of a field that two have changed. Closing it leads back to what one was typing. */
export function ConflictDialog({ name, kind, conflict: { mine, theirs, keepMine, keepTheirs, close } }: ConflictDialogProps) {
    const texts = useTexts();
    return (
        <Dialog title={texts.conflict.title(texts.fields[name])} submitText={texts.conflict.takeMine} onSubmit={keepMine} onClose={close}>
            <p>{texts.conflict.explanation}</p>
            <dl class="versions">
                <div><dt>{texts.conflict.theirs}</dt><dd><FieldValue name={name} kind={kind} value={theirs[name]} /></dd></div>
                <div><dt>{texts.conflict.mine}</dt><dd><FieldValue name={name} kind={kind} value={mine} /></dd></div>
            </dl>
            <p><button type="button" onClick={keepTheirs}>{texts.conflict.takeTheirs}</button></p>
        </Dialog>
    );
}
