# The name of the rule, for every pair of a message and a rule of $rules that counts.
.created_at as $created | .metadata as $metadata
| ([$created, .completed_at // 0] | max) as $activity
| $rules[]
| select((if .clock == "created" then $created else $activity end) <= .limit)
| select(.product == null or $metadata.product == .product)
| select(.tenant == null or $metadata.tenant == .tenant)
| .prefix as $prefix
| select($prefix == null or (($metadata.tenant // "") | startswith($prefix)))
| .name
