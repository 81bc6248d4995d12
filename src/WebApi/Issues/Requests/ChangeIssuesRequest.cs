using FluentValidation.Results;
using NJsonSchema.Annotations;
using OrderIssues.Application.Issues.Bulk;
using OrderIssues.Domain;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Change of many issues: those of <c>issueIds</c>, or those that <c>filter</c> finds. Unknown keys are refused.</summary>
public sealed record ChangeIssuesRequest
{
    /// <summary>Numbers of the issues, each once.</summary>
    /// <example>["1699001", "1699002"]</example>
    [MinLength(1), MaxLength(ChangeIssues.MaxIssues), JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string?>? IssueIds { get; init; }

    /// <summary>Filter of the list, in place of <c>issueIds</c>; finds at most 1,000 issues.</summary>
    public IssueFilterModel? Filter { get; init; }

    /// <summary>Number of issues that the filter finds; if it finds another number, nothing is changed.</summary>
    [Range(0, ChangeIssues.MaxIssues)]
    public long? Expect { get; init; }

    /// <summary>Change, the same for each issue.</summary>
    [Required, JsonConverter(typeof(PatchIssuesConverter))]
    public PatchIssuesRequest? Change { get; init; }

    /// <summary>Unknown keys of the body.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownKeys { get; init; }

    internal IEnumerable<ValidationFailure> Errors() =>
    [
        .. FieldErrors.OfUnknown(UnknownKeys),
        .. FieldErrors.OfUnknown(Filter?.UnknownKeys, "filter."),
        .. FieldErrors.OfUnknown(Change?.UnknownKeys, "change."),
        .. (Filter?.Errors() ?? []).Select(error => FieldErrors.Below("filter", error)),
    ];
}

/// <summary>Filter of issues, as the list has it: any value of each given field.</summary>
[JsonSchema("IssueFilter")]
public sealed class IssueFilterModel : IssueFilterRequest
{
    /// <summary>Unknown keys of the filter.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownKeys { get; init; }
}

/// <summary>Change that many issues get alike, in one step each. Absent fields stay; at least one is needed.</summary>
public sealed record PatchIssuesRequest
{
    /// <summary>Status, with the rules of <c>update</c>; null for <c>open</c>.</summary>
    /// <example>done</example>
    [StringLength(FieldLimits.Status, MinimumLength = 1)]
    public Optional<string> Status { get; init; }

    /// <summary>Person who works on it; null for nobody.</summary>
    /// <example>Kim Lead</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> Assignee { get; init; }

    /// <summary><c>low</c>, <c>normal</c>, <c>high</c> or <c>urgent</c>, or Freshdesk's number of it, 1 to 4; null for normal.</summary>
    /// <example>high</example>
    [StringLength(FieldLimits.Word), JsonConverter(typeof(OptionalConverter<string, DigitsConverter>))]
    public Optional<string> Priority { get; init; }

    /// <summary>Tags to add to those that an issue has, as in a patch.</summary>
    /// <example>["recall"]</example>
    [MaxLength(FieldLimits.Tags), JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string?>? AddTags { get; init; }

    /// <summary>Tags to remove, where an issue has them.</summary>
    /// <example>["waiting"]</example>
    [MaxLength(FieldLimits.Tags), JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string?>? RemoveTags { get; init; }

    /// <summary>Message for the discussion, of any number of lines, by the author in <c>by</c>.</summary>
    [StringLength(FieldLimits.Message)]
    public string? Message { get; init; }

    /// <summary>Author, for the history; required with a message.</summary>
    /// <example>John Agent</example>
    [StringLength(FieldLimits.PersonName)]
    public string? By { get; init; }

    /// <summary>Unknown keys of the change.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownKeys { get; init; }
}

internal sealed class PatchIssuesConverter() : EmptyTextConverter<PatchIssuesRequest>("change");
