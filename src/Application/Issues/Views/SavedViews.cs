using OrderIssues.Application.Common.Records;
using OrderIssues.Domain;

namespace OrderIssues.Application.Issues.Views;

/// <summary>Query of the list, saved under a name.</summary>
public sealed record SavedView(string Name, string Query);

/// <summary>Views, which all callers share. Names that differ in case only are one.</summary>
internal sealed class SavedViews(IRecordStore store)
{
    public const int MaxViews = 200;
    private readonly Records<SavedView> records = new(store, RecordKinds.Views);

    /// <summary>Lists the views by name.</summary>
    public async Task<IReadOnlyList<SavedView>> ListAsync() =>
        [.. (await records.ListAsync(after: null, MaxViews)).Select(ViewOf)];

    /// <summary>Saves a view, or replaces the one of its name.</summary>
    /// <returns>True for a new one.</returns>
    /// <exception cref="FailureException">There are too many.</exception>
    public async Task<bool> PutAsync(SavedView view)
    {
        var key = KeyOf(view.Name);
        while (true)
        {
            if (await records.FindAsync(key) is { } stored)
            {
                if (await records.PutIfVersionAsync(stored with { Value = view }) is not null)
                {
                    return false;
                }
            }
            else if (await CountAsync() >= MaxViews)
            {
                throw TooMany();
            }
            else if (await records.PutIfAbsentAsync(new() { Key = key, Value = view }) is { IsNew: true } added)
            {
                // Others may have added one at the same time: then all give way.
                if (await CountAsync() <= MaxViews)
                {
                    return true;
                }

                await records.RemoveAsync(added.Record);
                throw TooMany();
            }
        }
    }

    /// <returns>False where there is no view of this name.</returns>
    public async Task<bool> RemoveAsync(string name)
    {
        if (await records.FindAsync(KeyOf(name)) is not { } stored)
        {
            return false;
        }

        await records.RemoveAsync(stored);
        return true;
    }

    /// <summary>Removes the views that have customers' names.</summary>
    public async Task RemoveAsync(CustomerNames names)
    {
        foreach (var record in await records.ListAsync(after: null, MaxViews))
        {
            if (ViewOf(record) is var (name, query) && names.AreIn(name, query))
            {
                await records.RemoveAsync(record);
            }
        }
    }

    private async Task<int> CountAsync() => (await records.ListAsync(after: null, MaxViews + 1)).Count;

    // Somebody may have written a record by hand.
    private static SavedView ViewOf(Record<SavedView> record) => new(record.Value?.Name ?? record.Key, record.Value?.Query ?? "");

    private static string KeyOf(string name) => CaseFolding.Fold(name);

    private static FailureException TooMany() =>
        FailureException.OfRules(new ValidationFailure(nameof(SavedView.Name), $"is one too many: there are {MaxViews} views already"));
}
