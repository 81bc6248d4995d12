using System.Reflection;
using AutoMapper;
using FluentValidation;
using Microsoft.AspNetCore.WebUtilities;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.Application.Issues.Views;
using OrderIssues.WebApi.Issues.Requests;
using OrderIssues.WebApi.Routing;

namespace OrderIssues.WebApi.Views;

/// <summary>Reads queries as the list's own operation does.</summary>
internal sealed class ListQueryReader(
    QueryParameters parameters, FieldErrors fields, IMapper mapper, IEnumerable<IValidator<ListIssues>> validators) : IListQueryReader
{
    private static readonly Type Request = typeof(ListIssuesRequest);

    private static readonly Dictionary<string, PropertyInfo> Properties = Request.GetProperties()
        .ToDictionary(property => property.GetCustomAttribute<FromQueryAttribute>()!.Name!);

    public (ListIssues Query, IReadOnlyList<string> Errors) Read(string text)
    {
        var query = new QueryCollection(QueryHelpers.ParseQuery(text));
        var request = new ListIssuesRequest();
        foreach (var (name, values) in query)
        {
            if (Properties.TryGetValue(name, out var property))
            {
                property.SetValue(request, property.PropertyType == typeof(string) ? values[0] : values.OfType<string>().ToList());
            }
        }

        var list = mapper.Map<ListIssues>(request);

        // The current request has a query of its own.
        var rules = validators.Where(validator => validator is not QueryParametersValidator<ListIssues>);
        var errors = parameters.ErrorsOf(query, Request)
            .Concat(request.Errors())
            .Concat(rules.SelectMany(validator => validator.Validate(list).Errors));
        return (list, [.. fields.Of(Request, errors).SelectMany(field => field.Value.Select(message => $"{field.Key} {message}"))]);
    }
}
