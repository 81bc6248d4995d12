using System.ComponentModel.DataAnnotations;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Options of the section <c>MongoDb</c>.</summary>
internal sealed class MongoDbOptions : IValidatableObject
{
    public const string Section = "MongoDb";

    /// <summary>Collection of the issues. Default: <c>orderissues</c>.</summary>
    public string IssuesCollection { get; set; } = "orderissues";

    /// <summary>Collection that counts the issues' numbers. Default: the usual one that holds the counter.</summary>
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
