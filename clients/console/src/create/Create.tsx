import { useState } from "preact/hooks";
import { drafts } from "../data/drafts";
import { useSession } from "../data/session";
import { Heading } from "../parts/Heading";
import { useTexts } from "../texts";
import "./create.css";
import { emptyForm, type IssueFormState } from "./form";
import { IssueForm } from "./IssueForm";
import { TicketLookup } from "./TicketLookup";

const draft = "new issue";

/** A new issue, from a ticket or by hand. What was typed outlives a reload. */
export default function Create() {
    const texts = useTexts();
    const { mayWrite } = useSession();
    const [form, setForm] = useState<IssueFormState>(read);
    const change = (next: IssueFormState) => {
        setForm(next);
        drafts.write(draft, next === emptyForm ? "" : JSON.stringify(next));
    };
    return (
        <div class="create">
            <Heading text={texts.create.title} />
            {mayWrite ? (
                <>
                    <fieldset class="row">
                        <legend class="hidden">{texts.create.origin}</legend>
                        {([false, true] as const).map(fromTicket => (
                            <label key={String(fromTicket)}>
                                <input type="radio" name="origin" checked={form.fromTicket === fromTicket} onChange={() => change({ ...form, fromTicket })} />
                                {fromTicket ? texts.create.fromTicket : texts.create.byHand}
                            </label>
                        ))}
                    </fieldset>
                    {form.fromTicket && <TicketLookup form={form} onChange={change} />}
                    <IssueForm form={form} onChange={change} onCreated={() => change(emptyForm)} />
                </>
            ) : <p class="banner">{texts.shell.readOnly}</p>}
        </div>
    );
}

function read(): IssueFormState {
    try {
        const stored = JSON.parse(drafts.read(draft) || "{}");
        return { ...emptyForm, ...stored, drafts: { ...stored.drafts } };
    } catch {
        return emptyForm;
    }
}
