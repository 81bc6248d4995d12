global using System.Globalization;
global using System.Text.Json;
global using Microsoft.Extensions.DependencyInjection;
global using OrderIssues.Application.Common.Errors;
global using OrderIssues.Domain.Issues;
global using OrderIssues.Domain.Issues.Vocabulary;
global using OrderIssues.Domain.Tickets;
