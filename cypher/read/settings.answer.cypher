// 服务器在应答吗？ Does the server answer?
// => answer
RETURN true AS answer
