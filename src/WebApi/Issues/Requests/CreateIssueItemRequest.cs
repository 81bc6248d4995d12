using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NJsonSchema;
using NJsonSchema.Annotations;
using OrderIssues.Application.Issues;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>An item that the issue is about.</summary>
public sealed record CreateIssueItemRequest
{
    /// <summary>The stock keeping unit.</summary>
    /// <example>MUG-BLUE-2</example>
    [Required, StringLength(FieldLimits.Sku, MinimumLength = 1)]
    public string? Sku { get; init; }

    /// <summary>How many of them. A numeric string is taken as a number.</summary>
    /// <example>1</example>
    [Required, Range(1, FieldLimits.Qty), JsonSchema(JsonObjectType.Integer), JsonConverter(typeof(QuantityConverter))]
    public double? Qty { get; init; }
}
