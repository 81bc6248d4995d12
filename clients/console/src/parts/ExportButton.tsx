import type { ExportFormat, IssueFilter } from "@order-issue/client";
import { useMutation } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { client } from "../data/client";
import { useCount } from "../data/issues";
import { describe } from "../data/problems";
import { useTexts } from "../texts";
import { Dialog } from "./Dialog";
import { saveFile } from "./files";
import { useFormats } from "./formats";

/** Tells how many issues a file will have, and makes it. */
export function ExportButton({ filter }: { filter: IssueFilter }) {
    const texts = useTexts();
    const [isOpen, setIsOpen] = useState(false);
    return (
        <>
            <button type="button" onClick={() => setIsOpen(true)}>{texts.exports.title}</button>
            {isOpen && <ExportDialog filter={filter} onClose={() => setIsOpen(false)} />}
        </>
    );
}

function ExportDialog({ filter, onClose }: { filter: IssueFilter; onClose: () => void }) {
    const texts = useTexts();
    const formats = useFormats();
    const [format, setFormat] = useState<ExportFormat>("xlsx");
    const count = useCount(filter);
    const exporting = useMutation({
        mutationFn: async (as: ExportFormat) => saveFile(await (await client.exportIssues({ ...filter, format: as, deadlineMs: 600_000 })).blob(), `issues.${as}`),
        onSuccess: onClose,
    });
    return (
        <Dialog title={texts.exports.title} submitText={exporting.isPending ? texts.exports.working : texts.exports.submit} isBusy={exporting.isPending}
            canSubmit={count.data !== undefined} onSubmit={() => exporting.mutate(format)} onClose={onClose}>
            {exporting.error && <p class="error" role="alert">{describe(exporting.error, texts)}</p>}
            <p role="status">{count.error ? describe(count.error, texts) : count.data === undefined ? texts.common.loading : texts.queue.count(formats.number(count.data), count.data)}</p>
            {exporting.isPending && <progress aria-label={texts.exports.working} />}
            <fieldset class="row">
                <legend>{texts.exports.format}</legend>
                {(["xlsx", "csv"] as const).map(each => (
                    <label key={each}><input type="radio" name="format" checked={format === each} onChange={() => setFormat(each)} /> {texts.exports.formats[each]}</label>
                ))}
            </fieldset>
        </Dialog>
    );
}
