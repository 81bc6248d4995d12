using FluentValidation.Results;
using NJsonSchema;
using NJsonSchema.Annotations;
using OrderIssues.Application.Issues.Queries;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Filter of issues by their times.</summary>
public abstract class IssueTimesRequest
{
    /// <summary>Reported at this time or later: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100.</summary>
    [FromQuery(Name = "createdFrom")]
    public string? CreatedFrom { get; init; }

    /// <summary>Reported before this time; same forms.</summary>
    [FromQuery(Name = "createdTo")]
    public string? CreatedTo { get; init; }

    /// <summary>Last changed at this time or later; same forms.</summary>
    [FromQuery(Name = "updatedFrom")]
    public string? UpdatedFrom { get; init; }

    /// <summary>Last changed before this time; same forms.</summary>
    [FromQuery(Name = "updatedTo")]
    public string? UpdatedTo { get; init; }

    /// <summary>Shipped at this time or later; same forms.</summary>
    [FromQuery(Name = "shippedFrom")]
    public string? ShippedFrom { get; init; }

    /// <summary>Shipped before this time; same forms.</summary>
    [FromQuery(Name = "shippedTo")]
    public string? ShippedTo { get; init; }

    /// <summary>Resolved at this time or later; same forms.</summary>
    [FromQuery(Name = "resolvedFrom")]
    public string? ResolvedFrom { get; init; }

    /// <summary>Resolved before this time; same forms.</summary>
    [FromQuery(Name = "resolvedTo")]
    public string? ResolvedTo { get; init; }

    /// <summary>Due at this time or later; same forms.</summary>
    [FromQuery(Name = "dueFrom")]
    public string? DueFrom { get; init; }

    /// <summary>Due before this time; same forms.</summary>
    [FromQuery(Name = "dueTo")]
    public string? DueTo { get; init; }

    /// <summary><c>true</c> for resolved issues, <c>false</c> for the others. Default: all.</summary>
    [FromQuery(Name = "resolved"), JsonSchema(JsonObjectType.Boolean)]
    public string? Resolved { get; init; }

    /// <summary><c>true</c> for issues that are unresolved past <c>dueAt</c>, <c>false</c> for the others. Default: all.</summary>
    [FromQuery(Name = "overdue"), JsonSchema(JsonObjectType.Boolean)]
    public string? Overdue { get; init; }

    /// <summary>Unresolved, and reported more than so many hours ago: 1 to 87,600.</summary>
    [FromQuery(Name = "olderThanHours"), JsonSchema(JsonObjectType.Integer), Range(1, FilteredRequest.MaxHours)]
    public string? OlderThanHours { get; init; }

    internal virtual IEnumerable<ValidationFailure> Errors() =>
        [.. FieldErrors.OfBoolean("resolved", Resolved), .. FieldErrors.OfBoolean("overdue", Overdue)];

    internal static bool? Boolean(string? value) => value is null ? null : value == "true";

    /// <summary>Reads an integer; 0 for another text.</summary>
    internal static int? Integer(string? value) => value is null ? null
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : 0;
}
