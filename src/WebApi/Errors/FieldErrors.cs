using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.AspNetCore;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;
using ValidationResult = FluentValidation.Results.ValidationResult;

namespace OrderIssues.WebApi.Errors;

/// <summary>Groups validation messages by the field's name in the request.</summary>
// Commands name their properties as the requests that they are mapped from.
internal sealed partial class FieldErrors(IOptions<JsonOptions> json)
{
    private const string NamePrefix = "$.";

    // Limited, so that a response is never much larger than its request.
    private const int MaxUnknownKeys = 100;
    private readonly JsonSerializerOptions options = json.Value.JsonSerializerOptions;

    /// <summary>Names a header, parameter or key as the caller sent it.</summary>
    public static ValidationFailure ForName(string name, string message) => new(NamePrefix + name, message);

    /// <summary>Names the field of an error as one of an object.</summary>
    public static ValidationFailure Below(string name, ValidationFailure error) =>
        ForName($"{name}.{error.PropertyName[NamePrefix.Length..]}", error.ErrorMessage);

    /// <summary>Refuses unknown keys of an object.</summary>
    /// <param name="keys">Keys; null for none.</param>
    /// <param name="path">Place of the object in the body, such as <c>change.</c>.</param>
    public static IEnumerable<ValidationFailure> OfUnknown(Dictionary<string, JsonElement>? keys, string path = "") =>
        (keys ?? []).Keys.Take(MaxUnknownKeys).Select(name => ForName(path + name, "isn't known here"));

    public static FailureException OfHeader(string name, string rule) =>
        new(FailureCode.ValidationFailed, "A header breaks the rules listed in errors.") { Errors = [ForName(name, rule)] };

    /// <summary>Finds a parameter that is neither true nor false.</summary>
    public static IEnumerable<ValidationFailure> OfBoolean(string name, string? value) =>
        value is null or "true" or "false" ? [] : [ForName(name, "must be true or false")];

    public Dictionary<string, string[]> Of(Endpoint? endpoint, IEnumerable<ValidationFailure> errors)
    {
        var request = endpoint?.Metadata.GetMetadata<ControllerActionDescriptor>()?.Parameters
            .FirstOrDefault(parameter => parameter.ParameterType.Name.EndsWith("Request", StringComparison.Ordinal))?.ParameterType;
        return Of(request, errors);
    }

    public Dictionary<string, string[]> Of(Type? request, IEnumerable<ValidationFailure> errors)
    {
        // The model state takes no deep names, which callers may make up.
        var named = errors.ToLookup(error => error.PropertyName.StartsWith(NamePrefix, StringComparison.Ordinal));
        var modelState = new ModelStateDictionary { MaxAllowedErrors = int.MaxValue };
        new ValidationResult(named[false]).AddToModelState(modelState, prefix: null);
        return modelState
            .Select(entry => (
                Name: NameOf(request, entry.Key), Messages: entry.Value!.Errors.Select(error => error.ErrorMessage).ToArray()))
            .Concat(named[true].Select(error => (Name: error.PropertyName[NamePrefix.Length..], Messages: new[] { error.ErrorMessage })))
            .GroupBy(field => field.Name)
            .ToDictionary(field => field.Key, field => field.SelectMany(same => same.Messages).ToArray());
    }

    private string NameOf(Type? type, string path)
    {
        var names = new List<string>();
        foreach (var (name, index) in path.Split('.').Select(segment => (IndexOf().Replace(segment, ""), IndexOf().Match(segment).Value)))
        {
            var property = type is null ? null : options.GetTypeInfo(type).Properties
                .FirstOrDefault(property => property.AttributeProvider is System.Reflection.MemberInfo member && member.Name == name);
            var parameter = property?.AttributeProvider?.GetCustomAttributes(typeof(FromQueryAttribute), inherit: true)
                .OfType<FromQueryAttribute>().SingleOrDefault();
            names.Add((parameter?.Name ?? property?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(name)) + index);
            type = property is null ? null : options.GetTypeInfo(property.PropertyType).ElementType ?? property.PropertyType;
        }

        return string.Join('.', names);
    }

    [GeneratedRegex(@"\[[0-9]+\]\z")]
    private static partial Regex IndexOf();
}

/// <summary>Refuses requests for errors of HTTP, such as unknown parameters.</summary>
public sealed class RequestErrors(IServiceProvider services)
{
    /// <summary>Returns the request if there are no errors.</summary>
    /// <exception cref="FailureException">There are errors. The validators' errors are added.</exception>
    public T Require<T>(T request, params IEnumerable<ValidationFailure> errors)
    {
        var found = errors.ToList();
        return found.Count == 0
            ? request
            : throw FailureException.OfRules(
                [.. found, .. services.GetServices<IValidator<T>>().SelectMany(validator => validator.Validate(request).Errors)]);
    }
}
