using System.ComponentModel.DataAnnotations;
using System.Text;
using OrderIssues.Infrastructure.MongoDb.Creates;
using OrderIssues.Infrastructure.MongoDb.Events;

namespace OrderIssues.Infrastructure.MongoDb;

internal sealed class MongoDbOptions : IValidatableObject
{
    public const string Section = "MongoDb";

    // The longest database name (63 bytes) and a dot leave so much of the 255 bytes of a namespace.
    private const int MaxNameBytes = 191;

    public string IssuesCollection { get; set; } = "orderissues";

    /// <summary>Counter's collection; null for the usual one.</summary>
    public string? CountersCollection { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        const string Issues = $"{Section}:{nameof(IssuesCollection)}";
        const string Counters = $"{Section}:{nameof(CountersCollection)}";
        foreach (var (key, name) in new[] { (Issues, IssuesCollection), (Counters, CountersCollection) })
        {
            if (name is not null && !IsCollectionName(name))
            {
                yield return new($"{key}: '{name}' can't be a collection's name.");
            }

            if (name == EventSequence.CollectionName || MongoRecordStore.Collections.Contains(name))
            {
                yield return new($"{key}: '{name}' is a collection that this service keeps other things in.");
            }
        }

        if (IssuesCollection == CountersCollection || (CountersCollection is null && CounterDocument.Candidates.Contains(IssuesCollection)))
        {
            yield return new($"{Issues} and {Counters} must differ.");
        }
    }

    // https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions
    private static bool IsCollectionName(string name) =>
        !name.Any(character => character is '$' or '\0') && !name.Contains("..", StringComparison.Ordinal)
        && !name.StartsWith('.') && !name.EndsWith('.') && !name.StartsWith("system.", StringComparison.Ordinal)
        && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes;
}
