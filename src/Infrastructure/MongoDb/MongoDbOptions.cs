using System.ComponentModel.DataAnnotations;

namespace OrderIssues.Infrastructure.MongoDb;

internal sealed class MongoDbOptions : IValidatableObject
{
    public const string Section = "MongoDb";

    public string IssuesCollection { get; set; } = "orderissues";

    /// <summary>Counter's collection; null for the usual one.</summary>
    public string? CountersCollection { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, string? Value)[] collections =
        [
            (nameof(IssuesCollection), IssuesCollection), (nameof(CountersCollection), CountersCollection),
        ];
        return from collection in collections
               where collection.Value is { } name && !IsCollectionName(name)
               select new ValidationResult($"{Section}:{collection.Name}: '{collection.Value}' can't be a collection's name.");
    }

    // https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions
    private static bool IsCollectionName(string name) =>
        !name.Contains('$') && !name.Contains("..", StringComparison.Ordinal) && !name.StartsWith('.') && !name.EndsWith('.')
        && !name.StartsWith("system.", StringComparison.Ordinal);
}
