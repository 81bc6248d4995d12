using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation.AspNetCore;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace OrderIssues.WebApi.Errors;

/// <summary>
/// The messages of a failed validation by field, each named as in the request. Commands name their properties as the requests they are
/// mapped from, and those tell their JSON names.
/// </summary>
internal sealed partial class FieldErrors(IOptions<JsonOptions> json)
{
    private readonly JsonSerializerOptions options = json.Value.JsonSerializerOptions;

    /// <param name="endpoint">What the request was for.</param>
    /// <param name="errors">What is wrong, with fields named as in C#.</param>
    public Dictionary<string, string[]> Of(Endpoint? endpoint, IEnumerable<ValidationFailure> errors)
    {
        var request = endpoint?.Metadata.GetMetadata<ControllerActionDescriptor>()?.Parameters
            .FirstOrDefault(parameter => parameter.ParameterType.Name.EndsWith("Request", StringComparison.Ordinal))?.ParameterType;

        // Names that callers made up are kept out of the model state, which takes no deep ones.
        var named = errors.ToLookup(error => error.PropertyName.StartsWith(FailureException.AsSent, StringComparison.Ordinal));
        var modelState = new ModelStateDictionary { MaxAllowedErrors = int.MaxValue };
        new ValidationResult(named[false]).AddToModelState(modelState, prefix: null);
        return modelState
            .Select(entry => (Name: NameOf(request, entry.Key), Messages: entry.Value!.Errors.Select(error => error.ErrorMessage).ToArray()))
            .Concat(named[true].Select(error => (Name: error.PropertyName[FailureException.AsSent.Length..], Messages: new[] { error.ErrorMessage })))
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
            var parameter = property?.AttributeProvider?.GetCustomAttributes(typeof(FromQueryAttribute), inherit: true).OfType<FromQueryAttribute>().SingleOrDefault();
            names.Add((parameter?.Name ?? property?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(name)) + index);
            type = property is null ? null : options.GetTypeInfo(property.PropertyType).ElementType ?? property.PropertyType;
        }

        return string.Join('.', names);
    }

    [GeneratedRegex(@"\[[0-9]+\]\z")]
    private static partial Regex IndexOf();
}
