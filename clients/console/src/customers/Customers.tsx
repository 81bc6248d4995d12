import { useMutation } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { readCustomer } from "../data/customers";
import { describe, hasCode } from "../data/problems";
import { useSession } from "../data/session";
import { Field } from "../parts/Field";
import { saveFile } from "../parts/files";
import { Heading } from "../parts/Heading";
import { Time } from "../parts/Time";
import { useTexts } from "../texts";
import { EraseDialog } from "./EraseDialog";

/** What is kept about a customer, to hand out or to erase. The address stands in no page's address. */
export default function Customers() {
    const texts = useTexts();
    const { mayErase } = useSession();
    const [email, setEmail] = useState("");
    const [isErasing, setIsErasing] = useState(false);
    const finding = useMutation({ mutationFn: readCustomer });
    const found = finding.data;
    const sought = found?.email ?? finding.variables ?? "";
    // Also where there are too many issues to show.
    const mayBeErased = hasCode(finding.error, "validation_failed") && sought.includes("@");
    if (!mayErase) {
        return <div><Heading text={texts.customers.title} /><p role="alert">{texts.customers.mayNot}</p></div>;
    }

    return (
        <div class="customers">
            <Heading text={texts.customers.title} />
            <form class="row" onSubmit={event => { event.preventDefault(); finding.mutate(email.trim()); }}>
                <Field label={texts.fields.customerEmail} error={finding.error ? describe(finding.error, texts) : undefined}>
                    {control => <input {...control} type="text" inputMode="email" required autoComplete="off" value={email} onInput={event => setEmail(event.currentTarget.value)} />}
                </Field>
                <button type="submit" class="primary" disabled={finding.isPending} aria-busy={finding.isPending}>{texts.customers.find}</button>
            </form>
            {found && (
                <section aria-labelledby="found">
                    <h2 id="found" dir="auto">{found.email}</h2>
                    <p role="status">{texts.customers.found(found.issues.length)}</p>
                    <ul class="related">
                        {found.issues.map(({ issue }) => (
                            <li key={issue._id}>
                                <Link href={`/issue/${encodeURIComponent(issue.issueId)}`}>{issue.issueId}</Link> <span dir="auto">{issue.customerName}</span>
                                <span class="status" data-status={issue.status}>{issue.status}</span> <Time at={issue.createdAt} />
                            </li>
                        ))}
                    </ul>
                    {found.issues.length > 0 && (
                        <p class="row">
                            <button type="button" onClick={() => saveFile(new Blob([JSON.stringify(found, null, 2)], { type: "application/json" }), "customer.json")}>
                                {texts.customers.download}
                            </button>
                            <button type="button" class="danger" onClick={() => setIsErasing(true)}>{texts.customers.erase}</button>
                        </p>
                    )}
                </section>
            )}
            {mayBeErased && <p><button type="button" class="danger" onClick={() => setIsErasing(true)}>{texts.customers.erase}</button></p>}
            {isErasing && <EraseDialog email={sought} onClose={() => setIsErasing(false)} onErased={() => finding.mutate(sought)} />}
        </div>
    );
}
