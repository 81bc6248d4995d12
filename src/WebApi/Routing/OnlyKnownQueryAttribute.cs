using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrderIssues.Application.Common.Errors;

namespace OrderIssues.WebApi.Routing;

/// <summary>Refuses query parameters that the operation doesn't know, so that a misspelt filter isn't taken for none, and single ones that come twice.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnlyKnownQueryAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var metadata = context.HttpContext.RequestServices.GetRequiredService<IModelMetadataProvider>();
        var known = context.ActionDescriptor.Parameters
            .SelectMany(parameter => metadata.GetMetadataForType(parameter.ParameterType).Properties)
            .Where(property => property.BindingSource == BindingSource.Query)
            .ToDictionary(property => property.BinderModelName!, property => property.IsEnumerableType);
        var errors = context.HttpContext.Request.Query
            .Where(parameter => !known.TryGetValue(parameter.Key, out var isList) || (!isList && parameter.Value.Count > 1))
            .Select(parameter => new ValidationFailure(
                FailureException.AsSent + parameter.Key, known.ContainsKey(parameter.Key) ? "must be given once" : "isn't a parameter of this operation"))
            .ToList();
        if (errors.Count > 0)
        {
            throw new FailureException(FailureCode.ValidationFailed, "The query breaks the rules listed in errors.") { Errors = errors };
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
